import { networkKinds, type NetworkKind } from '../../compute/self-test/networks.ts'
import type { SelfTest } from '../../compute/self-test/self-test.ts'

const words: Readonly<Record<NetworkKind, string>> = { dense: 'dense networks', embedding: 'embeddings', convolution: 'convolutions', recurrence: 'recurrences' }

/** Kinds of network in words, such as "dense networks, embeddings". */
export function kindsInWords(kinds: readonly NetworkKind[]): string {
  return kinds.map((kind) => words[kind]).join(', ')
}

/** What a self-test found, as a sentence. */
export function checkInWords({ trains, failures }: SelfTest): string {
  if (trains.length === networkKinds.length) return 'A training step of every kind of network gave the right gradients.'
  const wrong = networkKinds.filter((kind) => failures[kind] !== undefined)
  const why = wrong.map((kind) => `${words[kind]} (${failures[kind] ?? ''})`).join(', ')
  return trains.length === 0 ? `No training step gave the right gradients: ${why}.` : `Trains ${kindsInWords(trains)}; cannot train ${why}.`
}
