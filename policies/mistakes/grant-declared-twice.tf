resource "mysql_user" "twice" {
  user = "twice"
  host = "10.0.3.7"
}
resource "mysql_grant" "reads" {
  user       = mysql_user.twice.user
  host       = mysql_user.twice.host
  database   = "shop"
  privileges = ["SELECT"]
}
resource "mysql_grant" "writes" {  # expect: grant-declared-twice
  user       = mysql_user.twice.user
  host       = mysql_user.twice.host
  database   = "shop"
  privileges = ["INSERT"]
}
