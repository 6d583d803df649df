CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT PROXY ON ''@'' TO 'app'@'10.0.3.7';  -- expect: proxy-everybody
