# One thing in each account.
variable "release" {
  type        = string
  description = "What the parameters say."
  default     = "none"
}

resource "aws_ssm_parameter" "release" {
  name  = "/example/release"
  type  = "String"
  value = var.release
}

resource "aws_ssm_parameter" "dev" {
  provider = aws.dev

  name  = "/example/release"
  type  = "String"
  value = var.release
}

resource "aws_ssm_parameter" "prod" {
  provider = aws.prod

  name  = "/example/release"
  type  = "String"
  value = var.release
}
