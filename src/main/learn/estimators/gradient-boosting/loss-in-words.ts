import type { Objective } from './objective.ts'

/** The loss that the rounds descend: its name, and a mean loss of the standardised target in the unit that the name stands for. */
export function lossInWords({ name, classes, deviation }: Pick<Objective, 'name' | 'classes' | 'deviation'>): { readonly name: string; inUnit(loss: number): number } {
  if (classes.length > 0) return { name: 'log loss', inUnit: (loss) => loss }
  // The squared error of a target of deviation 1.
  if (name === undefined) return { name: 'RMSE', inUnit: (loss) => Math.sqrt(loss) * deviation }
  return { name: `${name} of the standardised target`, inUnit: (loss) => loss }
}
