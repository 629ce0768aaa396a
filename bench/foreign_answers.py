"""What programs of github.com/pulumi/examples ask for before `pulumi up`, by their folders."""

# What the programs' own READMEs ask for before `pulumi up`.
CONFIG: dict[str, dict[str, str]] = {
    "aws-py-ansible-wordpress": {
        "publicKeyPath": "key.pub",
        "privateKeyPath": "key",
        "dbPassword": "password",
    },
    "aws-py-assume-role/assume-role": {"roleToAssumeARN": "arn:aws:iam::123456789012:role/shop"},
    "aws-py-assume-role/create-role": {"unprivilegedUsername": "reader"},
    "aws-py-django-voting-app": {
        "sql-admin-name": "admin",
        "sql-admin-password": "password",
        "sql-user-name": "user",
        "sql-user-password": "password",
        "django-admin-name": "admin",
        "django-admin-password": "password",
        "django-secret-key": "secret",
    },
    "aws-py-dynamicresource": {
        "sql-admin-name": "admin",
        "sql-admin-password": "password",
        "sql-user-name": "user",
        "sql-user-password": "password",
    },
    "aws-py-ec2-provisioners": {
        "publicKey": "ssh-rsa AAAA",
        "privateKey": "-----BEGIN RSA PRIVATE KEY-----",
    },
    "aws-py-ecs-instances-autoapi/py-ecs-instance": {"cfg:autoscalingGroupSize": "2"},
    "aws-py-langserve": {
        "vpc-cidr": "10.0.0.0/16",
        "subnet-1-cidr": "10.0.0.0/24",
        "subnet-2-cidr": "10.0.1.0/24",
        "container-context": ".",
        "container-file": "./Dockerfile",
        "open-api-key": "key",
    },
    "aws-py-redshift-glue-etl": {"clusterDBPassword": "password"},
    "aws-py-stackreference/company": {"companyName": "acme"},
    "aws-py-stackreference/department": {"departmentName": "shop"},
    "aws-py-stackreference/team": {
        "companyStack": "organization/company/dev",
        "departmentStack": "organization/department/dev",
        "teamName": "orders",
    },
    "aws-py-static-website": {"targetDomain": "www.example.org"},
    "aws-py-voting-app": {"redis-password": "password"},
    "aws-ts-assume-role/assume-role": {"roleToAssumeARN": "arn:aws:iam::123456789012:role/shop"},
    "aws-ts-assume-role/create-role": {"unprivilegedUsername": "reader"},
    "aws-ts-lambda-secrets": {
        "lambdawithsecrets": '{"envvars": ["STAGE"], "secrets": {"token": "hunter2"}}'
    },
    "aws-ts-lambda-slack": {"slackWebhookUrl": "https://hooks.slack.com/services/T/B/x"},
    "aws-ts-ruby-on-rails": {"dbUser": "shop", "dbPassword": "hunter2", "dbRootPassword": "root"},
    "aws-ts-stackreference-architecture/database": {
        "dbUsername": "shop",
        "dbPassword": "hunter2",
        "dbName": "shop",
        "networkingStack": "organization/networking/dev",
    },
    "aws-ts-stackreference/company": {"companyName": "acme"},
    "aws-ts-stackreference/department": {"departmentName": "shop"},
    "aws-ts-stackreference/team": {
        "companyStack": "organization/company/dev",
        "departmentStack": "organization/department/dev",
        "teamName": "orders",
    },
    "aws-ts-static-website": {"targetDomain": "www.example.org"},
    "aws-ts-twitter-athena": {
        "twitterAccessTokenKey": "key",
        "twitterAccessTokenSecret": "secret",
        "twitterConsumerKey": "key",
        "twitterConsumerSecret": "secret",
        "twitterQuery": "pulumi",
    },
    "aws-ts-vpc-with-ecs-fargate-py/ecs-fargate-python": {
        "mystackpath": "organization/crosswalk-vpc/dev"
    },
}
# Files that they ask for besides: a pair of keys, of which only the text is read.
FILES: dict[str, dict[str, str]] = {
    "aws-py-ansible-wordpress": {
        "key.pub": "ssh-rsa AAAA",
        "key": "-----BEGIN RSA PRIVATE KEY-----",
    },
}
_COMPANY: dict[str, dict[str, object]] = {
    "organization/company/dev": {"companyName": "acme"},
    "organization/department/dev": {"departmentName": "shop"},
}
STACK_REFERENCES: dict[str, dict[str, dict[str, object]]] = {
    "aws-py-stackreference/team": _COMPANY,
    "aws-ts-stackreference-architecture/database": {
        "organization/networking/dev": {
            "dataVpcPrivateSubnetIds": ["subnet-a", "subnet-b"],
            "peeredSecurityGroupId": "sg-0123456789abcdef0",
        }
    },
    "aws-ts-stackreference/team": _COMPANY,
    "aws-ts-vpc-with-ecs-fargate-py/ecs-fargate-python": {
        "organization/crosswalk-vpc/dev": {
            "pulumi_vpc_name": "shop",
            "pulumi_vpc_cidr": "10.0.0.0/16",
            "pulumi_vpc_id": "vpc-0123456789abcdef0",
            "pulumi_vpc_private_subnet_ids": ["subnet-a", "subnet-b"],
            "pulumi_vpc_public_subnet_ids": ["subnet-c", "subnet-d"],
            "pulumi_vpc_az_zones": 2,
        }
    },
}
