/** A command and what it is for. */
export type Command = { readonly does: string; readonly command: string }

/** One line that shows the whole product at work. */
export const sample: Command = {
  does: 'Creates a sample project, trains and evaluates a model with live progress, and scores new customers.',
  command: 'npm start',
}

/** The way from a file to predictions, in its order. */
export const ownData: readonly Command[] = [
  { does: 'Make a project: a folder with a pipeline to edit', command: 'npx millrace init my-project' },
  { does: 'Look at a file: types, missing values, findings', command: 'npx millrace import data.csv --project my-project' },
  { does: 'Run the pipeline; finished steps are reused', command: 'npx millrace run my-project/pipeline.yaml --project my-project' },
  { does: 'List the runs and compare them', command: 'npx millrace runs --project my-project' },
  { does: 'Ask why a step ran again, or did not', command: 'npx millrace explain RUN train --project my-project' },
  { does: 'Score new rows with the deployed model', command: 'npx millrace predict --deployment NAME --input new.csv --output scored.csv --project my-project' },
]
