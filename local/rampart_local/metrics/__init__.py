"""What CloudWatch does: keeps metrics of the services, and judges alarms by them.

`published` and `queues` have the services' own metrics, `embedded` those that functions print;
`alarms`, `expressions` and `insights` judge, and `evaluating` connects it all with ministack.
"""
