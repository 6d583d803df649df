CREATE USER 'shop'@'10.0.4.%';
GRANT SELECT ON shop.* TO 'shop';
GRANT INSERT ON shop.* TO 'cart'@'10.0.4.7' IDENTIFIED BY 'not-so-secret';
UPDATE mysql.user SET Host = '10.0.5.%' WHERE User = 'shop' AND Host = '10.0.4.%';
