// A program in TypeScript that uses our components: the classes are what Pulumi generates from
// components/schema.json, less the arguments that this program leaves out.
import * as pulumi from "@pulumi/pulumi";

class SecurityBoundary extends pulumi.ComponentResource {
    declare public readonly args: pulumi.Output<{ [key: string]: any }>;

    constructor(name: string, args: { egressDomains?: string[] }, opts?: pulumi.ComponentResourceOptions) {
        super("rampart:index:SecurityBoundary", name, { ...args, args: undefined }, opts, true /*remote*/);
    }
}

class ObservedQueue extends pulumi.ComponentResource {
    declare public readonly arn: pulumi.Output<string>;
    declare public readonly url: pulumi.Output<string>;

    constructor(
        name: string,
        args: { boundary: pulumi.Input<{ [key: string]: any }>; consumerTimeoutSeconds: pulumi.Input<number> },
        opts?: pulumi.ComponentResourceOptions,
    ) {
        const outputs = { arn: undefined, deadLetterArn: undefined, maxReceives: undefined, url: undefined };
        super("rampart:index:ObservedQueue", name, { ...args, ...outputs }, opts, true /*remote*/);
    }
}

pulumi.runtime.registerResourceTransform((args) =>
    args.type === "aws:sqs/queue:Queue"
        ? { props: { ...args.props, tags: { by: "stack" } }, opts: args.opts }
        : undefined);

const boundary = new SecurityBoundary("boundary", { egressDomains: ["api.example.com"] });
const jobs = new ObservedQueue("jobs", { boundary: boundary.args, consumerTimeoutSeconds: 60 });
export const arn = jobs.arn;
