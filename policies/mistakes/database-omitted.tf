resource "mysql_user" "report" {
  user = "report"
  host = "10.0.3.7"
}
resource "mysql_grant" "report" {  # expect: database-omitted
  user       = mysql_user.report.user
  host       = mysql_user.report.host
  privileges = ["SELECT"]
}
