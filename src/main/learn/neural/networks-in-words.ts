import type { Trained } from './saved-networks.ts'

/** What networks were trained, e.g. "2 networks, averaged, with hidden layers of 64, 32 units, after 20, 31 epochs on wasm". */
export function networksInWords(networks: readonly Pick<Trained, 'epochs'>[], form: string, backend: string): string {
  const many = networks.length > 1 ? `${String(networks.length)} networks, averaged,` : 'a network'
  return `${many} ${form}, after ${networks.map(({ epochs }) => String(epochs)).join(', ')} epochs on ${backend}`
}
