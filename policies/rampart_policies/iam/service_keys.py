"""Condition keys that say what is asked for, or how, and so never who asks.

Whoever asks chooses their values, or the resource has them already. Source: Service Authorization
Reference and the global condition context keys, read in November 2026
(https://docs.aws.amazon.com/service-authorization/latest/reference/,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html).
A key that is in no list of this package is unknown, and what hangs on it is undecided.
"""

_GLOBAL = """
assumedroot calledvia calledviafirst calledvialast currenttime ec2instancesourceprivateipv4
epochtime multifactorauthage multifactorauthpresent principaltype referer requestedregion
resourceaccount resourceorgid resourceorgpaths securetransport sourceidentity tagkeys
tokenissuetime useragent username viaawsservice vpcsourceip
"""

GLOBAL = frozenset(f"aws:{key}" for key in _GLOBAL.split())
"""Global keys; a tag, a session name and a private address can be anyone's."""

_BY_SERVICE = """
backup: changeablefordays copytargetorgpaths copytargets frameworkarns index maxretentiondays
  minretentiondays mpaapprovalteamarn
cloudwatch: alarmactions namespace requestinsightruleloggroups requestmanagedresourcearns
dynamodb: attributes enclosingoperation firstpartitionkeyvalues fisactionid fistargetarns
  fourthpartitionkeyvalues fulltablescan leadingkeys returnconsumedcapacity returnvalues
  secondpartitionkeyvalues select thirdpartitionkeyvalues
ecr: accountsetting
elasticfilesystem: createaction encrypted
events: creatoraccount detail-type detail.eventtypecode detail.service
  detail.useridentity.principalid eventbusarn eventbusinvocation managedby source targetarn
iam: associatedresourcearn awsservicename organizationspolicyid passedtoservice
  permissionsboundary policyarn
kinesis: fisactionid fisinjectpercentage fistargetarns
kms: bypasspolicylockoutsafetycheck customermasterkeyspec customermasterkeyusage datakeypairspec
  encryptionalgorithm encryptioncontextkeys expirationmodel grantconstrainttype
  grantisforawsresource grantoperations granteeprincipal keyagreementalgorithm keyorigin keyspec
  keyusage macalgorithm messagetype multiregion multiregionkeytype primaryregion
  reencryptonsamekey replicaregion requestalias resourcealiases retiringprincipal
  rotationperiodindays schedulekeydeletionpendingwindowindays signingalgorithm validto viaservice
  wrappingalgorithm wrappingkeyspec
lambda: codesigningconfigarn functionarn functionurlauthtype invokedviafunctionurl layer principal
  securitygroupids subnetids vpcids
logs: deliverydestinationresourcearn loggeneratingresourcearns
s3: accessgrantscope accesspointnetworkorigin authtype delimiter destinationregion
  existingjoboperation existingjobpriority if-match if-none-match
  inventoryaccessibleoptionalfields isreplicationpauserequest jobsuspendedcause
  locationconstraint max-keys object-lock-legal-hold object-lock-mode
  object-lock-remaining-retention-days object-lock-retain-until-date objectcreationoperation
  prefix requestjoboperation requestjobpriority requestobjecttagkeys resourceaccount signatureage
  signatureversion tlsversion versionid x-amz-acl x-amz-bucket-namespace x-amz-content-sha256
  x-amz-copy-source x-amz-grant-full-control x-amz-grant-read x-amz-grant-read-acp
  x-amz-grant-write x-amz-grant-write-acp x-amz-metadata-directive x-amz-object-ownership
  x-amz-server-side-encryption x-amz-server-side-encryption-customer-algorithm
  x-amz-storage-class x-amz-website-redirect-location
secretsmanager: addreplicaregions blockpublicpolicy description forcedeletewithoutrecovery
  forceoverwritereplicasecret kmskeyarn kmskeyid modifyrotationrules name recoverywindowindays
  resource/allowrotationlambdaarn resource/type rotateimmediately rotationlambdaarn secretid
  secretprimaryregion type versionid versionstage
sns: endpoint protocol
ssm: documentcategories documenttype overwrite recursive sessiondocumentaccesscheck synctype
states: httpendpoint httpmethod statemachinequalifier
sts: awsservicename durationseconds externalid identitytokenaudience requestcontextproviders
  rolesessionname signingalgorithm sourceidentity taskpolicyarn transitivetagkeys
vpc-lattice-svcs: port requestmethod requestpath servicearn servicenetworkarn
xray: resourcepolicyname tracesegmentdestination
"""

FAMILIES = (
    *("aws:principaltag/", "aws:requesttag/", "aws:resourcetag/", "ec2:resourcetag/"),
    *("ecr:resourcetag/", "glacier:resourcetag/", "iam:resourcetag/"),
    *("secretsmanager:resourcetag/", "ssm:resourcetag/", "s3:accesspointtag/", "s3:buckettag/"),
    *(
        "s3:existingobjecttag/",
        "s3:requestobjecttag/",
        "s3tables:tablebuckettag/",
        "s3vectors:vectorbuckettag/",
    ),
    *("sts:requestcontext/", "vpc-lattice-svcs:requestheader/"),
    "vpc-lattice-svcs:requestquerystring/",
)
"""Keys with a name behind them: tags and headers, which whoever asks may set."""


def _service_keys() -> frozenset[str]:
    keys: set[str] = set()
    service = ""
    for word in _BY_SERVICE.split():
        if word.endswith(":"):
            service = word
        else:
            keys.add(service + word)
    return frozenset(keys)


SERVICE = _service_keys()
"""Keys of services, in lower case."""
