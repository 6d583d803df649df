-- Which server runs this, nothing says: MySQL 8.0 has loaded the plugin, 8.4 and later have not.
CREATE USER 'web'@'10.0.3.7' IDENTIFIED WITH mysql_native_password BY '{{ password }}';  -- expect: statement-outdated
