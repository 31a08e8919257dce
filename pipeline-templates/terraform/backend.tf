# The state's bucket is in the account whose role serve.yml serves: the S3 backend asks the endpoint by itself, whenever
# it needs credentials, so a long run does not end before it could write its state.
#
# That role needs s3:ListBucket on the bucket; s3:GetObject and s3:PutObject on the key; both and s3:DeleteObject on the
# lock, <key>.tflock; and to trust this pipeline.
terraform {
  required_version = ">= 1.11" # for use_lockfile

  backend "s3" {
    bucket       = "example-terraform-state"
    key          = "network/terraform.tfstate"
    region       = "eu-west-1"
    use_lockfile = true
  }
}
