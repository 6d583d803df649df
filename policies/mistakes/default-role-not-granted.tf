# SET DEFAULT ROLE grants nothing: error 3530.
resource "mysql_user" "app" {
  user = "app"
  host = "10.0.3.7"
}
resource "mysql_default_roles" "app" {
  user  = mysql_user.app.user
  host  = mysql_user.app.host
  roles = ["reader"] # expect: default-role-not-granted
}
