import { createRng } from '../../../src/main/base/rng.ts'

/** Rows of a small binary problem: `label` is mostly decided by `x` and `colour`. */
export function smallRows(rows: number, options: { readonly label: boolean; readonly seed?: number }): string {
  const rng = createRng(options.seed ?? 3)
  const lines = [options.label ? 'id,x,colour,label' : 'id,x,colour']
  for (let row = 0; row < rows; row++) {
    const x = rng.uniform() * 10
    const colour = ['red', 'green', 'blue'][rng.below(3)] ?? ''
    const yes = x + (colour === 'red' ? 3 : 0) + rng.normal() > 6
    lines.push([`k${String(row)}`, x.toFixed(3), colour, ...(options.label ? [yes ? 'yes' : 'no'] : [])].join(','))
  }
  return `${lines.join('\n')}\n`
}

/** A pipeline over `data.csv` that trains quickly; `change` rewrites its text. */
export function smallPipeline(change: (text: string) => string = (text) => text): string {
  return change(`name: small
task: binary-classification
target: label
positive: "yes"
seed: 1
steps:
  - { id: ingest, uses: ingest/file, with: { path: data.csv } }
  - { id: clean, uses: prepare/clean }
  - { id: split, uses: prepare/split, with: { test: 0.25 } }
  - { id: features, uses: features/recipe, with: { preset: auto, drop: [id] } }
  - { id: train, uses: train/model, with: { estimator: linear, folds: 0 }, needs: [split, features] }
  - { id: evaluate, uses: evaluate/report, needs: [train, split] }
  - { id: deploy, uses: deploy/local, with: { name: small }, needs: [train] }
`)
}
