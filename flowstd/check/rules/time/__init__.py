"""TIM: how long a case may take, by law and by promise."""
