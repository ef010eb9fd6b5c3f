// The core package has the operations but not their gradients: loading the layers registers those.
import '@tensorflow/tfjs-layers'

// The one door to TensorFlow.js: whoever learns takes tensors and operations from here, and a backend by `startBackend`.
export * as tf from '@tensorflow/tfjs-core'
