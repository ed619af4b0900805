"""ALW: the allowances themselves."""
