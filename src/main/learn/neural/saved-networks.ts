import { parametersOf, type Network } from '../../compute/network.ts'
import { savedArray, unreadableState, type SavedArray, type SavedState } from '../saved-state.ts'

/** One trained network: weights in the order of `parametersOf`, and what its layers measured. */
export type Trained = { readonly weights: readonly Float32Array[]; readonly measured: readonly Float32Array[]; readonly epochs: number }

/** Arrays `network/k/w/i` and `network/k/m/i` of networks. */
export function networkArrays(networks: readonly Trained[]): Readonly<Record<string, SavedArray>> {
  const arrays: Record<string, SavedArray> = {}
  networks.forEach(({ weights, measured }, k) => {
    weights.forEach((values, i) => (arrays[`network/${String(k)}/w/${String(i)}`] = values))
    measured.forEach((values, i) => (arrays[`network/${String(k)}/m/${String(i)}`] = values))
  })
  return arrays
}

/** The inverse, for networks of one form after so many epochs each; throws `corrupt` for the estimator `id` where arrays are missing or of other lengths than the network has. */
export function networksFrom(saved: SavedState, network: Network, epochs: readonly number[], id: string): readonly Trained[] {
  const weightSizes = parametersOf(network).map(({ shape }) => shape.reduce((size, side) => size * side, 1))
  const measuredSizes = network.layers.flatMap(({ measured = [] }) => measured.map(({ size }) => size))
  const arraysOf = (k: number, part: 'w' | 'm', sizes: readonly number[]): readonly Float32Array[] =>
    sizes.map((size, i) => {
      const array = savedArray(saved, `network/${String(k)}/${part}/${String(i)}`, Float32Array, id)
      if (array.length !== size) throw unreadableState(id, `network ${String(k)} has ${String(array.length)} numbers where ${String(size)} belong`)
      return array
    })
  return epochs.map((count, k) => ({ weights: arraysOf(k, 'w', weightSizes), measured: arraysOf(k, 'm', measuredSizes), epochs: count }))
}
