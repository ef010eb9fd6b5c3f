/** The output of an earlier step that an input takes. */
export type Binding = { readonly step: string; readonly output: string }
