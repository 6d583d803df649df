"""What is said of settings: which hold (`listing`), what a file may say (`schema`), and a first one (`first_file`)."""
