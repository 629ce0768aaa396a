"""Stand-ins on this machine for the services that functions reach besides AWS.

Each starts and stops, keeps its data in a folder if it is given one, and tells through `config()`
what a program needs to use it, in the names of the stack's configuration:

    pinecone.PineconeStandin  Pinecone's HTTP API   pineconeControlUrl, pineconeApiKey (secret)
    bolt.BoltServer           ArcadeDB over Bolt    neo4jUri, neo4jUsername, neo4jPassword (secret)
    payments.PaymentStandin   a payment service     paymentsUrl, paymentsApiKey (secret)
    postgres.Postgres         PostgreSQL, pgvector  databaseHost, databasePort, databaseAdmin,
                                                    databaseAdminPassword (secret),
                                                    databaseCertificateAuthority
"""
