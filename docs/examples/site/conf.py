extensions = ["flowstd.ext.sphinx"]
flowstd_catalogue = "items"
