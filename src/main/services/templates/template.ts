/** A file of a new project; `path` is relative to the project folder, with forward slashes. */
export type TemplateFile = { readonly path: string; readonly content: string }

/** A project to start from: example data and a pipeline that works on it. */
export type Template = {
  /** Name on the command line. */
  readonly id: string
  /** Name in lists, one or two words. */
  readonly title: string
  /** One sentence for lists. */
  readonly help: string
  /** How large its sample is, e.g. "6,000 rows". */
  readonly sample: string
  /** Pipeline file to run first. */
  readonly pipeline: string
  /** Rows to predict once the pipeline has deployed a model, and the deployment that does it. */
  readonly predict: { readonly input: string; readonly output: string; readonly deployment: string; readonly identifier: string; readonly positive: string }
  /** Every file of the project; the same on every machine. */
  files(): Promise<readonly TemplateFile[]>
}
