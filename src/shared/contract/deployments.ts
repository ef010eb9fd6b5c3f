/** Filled in by the domain's slice. */
export const deployments = {}
