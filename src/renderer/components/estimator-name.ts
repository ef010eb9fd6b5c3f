/** An estimator's id as a name: `gradient-boosting + linear` is "Gradient boosting + linear". */
export function estimatorName(id: string): string {
  const words = id.replaceAll('-', ' ')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
