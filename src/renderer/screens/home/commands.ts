/** A command and what it is for. */
export type Command = { readonly does: string; readonly command: string }

/** One line that shows the whole product at work. */
export const sample: Command = {
  does: 'Creates a sample project, trains and evaluates a model with live progress, and scores new customers.',
  command: 'npm start',
}

/** The way from a file to predictions, in its order. */
export const ownData: readonly Command[] = [
  { does: 'Make a project: a folder for data, runs and models', command: 'npx millrace init my-project' },
  { does: 'Look at a file: types, missing values, findings', command: 'npx millrace import data.csv --project my-project' },
  { does: 'List the steps that a pipeline can have, and write one to my-project/pipeline.yaml (README.md has one to start from)', command: 'npx millrace steps' },
  { does: 'Run the pipeline; what did not change is reused', command: 'npx millrace run my-project/pipeline.yaml' },
  { does: 'Ask why a step ran or was reused', command: 'npx millrace explain latest train --project my-project' },
  { does: 'Score new rows with the deployed model', command: 'npx millrace predict --deployment my-model --input new.csv --output scored.csv --project my-project' },
]
