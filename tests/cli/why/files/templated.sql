CREATE USER 'late'@'localhost';
{% if rotated %}
DROP USER 'late'@'localhost';
{% endif %}
