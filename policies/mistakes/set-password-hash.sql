-- MySQL dump
-- Server version	8.4.6
SET PASSWORD FOR 'app'@'10.0.3.7' = '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29';  -- expect: plain-text-password, set-password-hash
