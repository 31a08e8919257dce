terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

# Without a profile the provider takes the endpoint's credentials, as the backend does.
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

# A provider cannot be told of another endpoint: the environment has one address for all of them. It can be told of a
# profile, and profiles.json has one for each account. A role of another account that trusts the endpoint's role needs
# no profile: `assume_role { role_arn = … }` does.
#
# The role of each account needs to trust this pipeline, by an OIDC provider in its own account
# (keyless setup-provider), and to be allowed what is made there.
provider "aws" {
  alias               = "dev"
  profile             = "dev"
  region              = "eu-west-1"
  allowed_account_ids = ["222233334444"] # A profile that is mistaken for another ends here.
}

provider "aws" {
  alias               = "prod"
  profile             = "prod"
  region              = "eu-west-1"
  allowed_account_ids = ["444455556666"]
}
