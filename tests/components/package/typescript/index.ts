// A program in another language: a boundary, a queue behind it, and a transform of what is inside.
import * as pulumi from "@pulumi/pulumi";

// What Pulumi generates for a program from the package's schema.
class SecurityBoundary extends pulumi.ComponentResource {
    declare readonly args: pulumi.Output<Record<string, unknown>>;
    constructor(name: string, args: pulumi.Inputs, opts?: pulumi.ComponentResourceOptions) {
        super("rampart:index:SecurityBoundary", name, { ...args, args: undefined }, opts, true);
    }
}

class ObservedQueue extends pulumi.ComponentResource {
    declare readonly url: pulumi.Output<string>;
    constructor(name: string, args: pulumi.Inputs, opts?: pulumi.ComponentResourceOptions) {
        super("rampart:index:ObservedQueue", name, { ...args, url: undefined }, opts, true);
    }
}

const config = new pulumi.Config();
const boundary = new SecurityBoundary("edge", {});
const jobs = new ObservedQueue("jobs", {
    boundary: boundary.args,
    consumerTimeoutSeconds: config.requireNumber("timeout"),
}, {
    // Reaches every child at any depth: here the dead letter queue two levels down.
    transforms: [(args) =>
        args.type === "aws:sqs/queue:Queue" && args.name === "jobs-dead"
            ? { props: { ...args.props, messageRetentionSeconds: 3600 }, opts: args.opts }
            : undefined],
});
export const url = jobs.url;
