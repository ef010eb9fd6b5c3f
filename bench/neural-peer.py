"""The peer of bench/nn.ts and bench/gpu.ts: PyTorch on the processor or on CUDA, kept alive and driven by lines of JSON on stdin."""
import json, os, sys, time

# An OpenBLAS older than the processor takes it for one without FMA: name the widest kernels that it can run.
if 'OPENBLAS_CORETYPE' not in os.environ and os.path.exists('/proc/cpuinfo'):
    flags = open('/proc/cpuinfo').read().split()
    core = 'SkylakeX' if 'avx512f' in flags else 'Haswell' if 'avx2' in flags else None
    if core:
        os.environ['OPENBLAS_CORETYPE'] = core
import numpy as np
import torch

torch.set_num_threads(int(os.environ.get('OMP_NUM_THREADS', '1')))
DEVICE = torch.device('cuda' if torch.cuda.is_available() and os.environ.get('MILLRACE_PEER_DEVICE') == 'cuda' else 'cpu')


def say(**reply):
    print(json.dumps(reply), flush=True)


class Lstm(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm, self.out = torch.nn.LSTM(8, 32, batch_first=True), torch.nn.Linear(32, 1)

    def forward(self, x):
        return self.out(self.lstm(x.view(-1, 30, 8))[1][0][-1])


def mlp(width, hidden):
    sizes, layers = [width, *hidden], []
    for a, b in zip(sizes, sizes[1:]):
        layers += [torch.nn.Linear(a, b), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers, torch.nn.Linear(sizes[-1], 1))


def cnn():
    n = torch.nn
    return n.Sequential(n.Unflatten(1, (1, 28, 28)), n.Conv2d(1, 16, 3, padding=1), n.ReLU(), n.MaxPool2d(2), n.Conv2d(16, 32, 3, padding=1), n.ReLU(),
                        n.MaxPool2d(2), n.Flatten(), n.Linear(32 * 49, 64), n.ReLU(), n.Linear(64, 10))


state = {}
say(version=torch.__version__, device=torch.cuda.get_device_name(0) if DEVICE.type == 'cuda' else 'cpu', threads=torch.get_num_threads())
for line in sys.stdin:
    ask = json.loads(line)
    if ask['do'] == 'load':
        torch.manual_seed(0)
        state['x'] = torch.from_numpy(np.fromfile(ask['numbers'], np.float32).reshape(ask['rows'], ask['width'])).to(DEVICE)
        classes = ask['kind'] == 'cnn'
        state['y'] = torch.from_numpy(np.fromfile(ask['target'], np.int32 if classes else np.float32)).to(DEVICE)
        if classes:
            state['y'] = state['y'].long()
        state['model'] = {'mlp': lambda: mlp(ask['width'], ask['hidden']), 'cnn': cnn, 'lstm': Lstm}[ask['kind']]().to(DEVICE)
        state['loss'] = torch.nn.CrossEntropyLoss() if classes else torch.nn.BCEWithLogitsLoss()
        state['optimiser'] = torch.optim.Adam(state['model'].parameters(), 1e-3)
        state['batch'] = ask['batchSize']
        say(ok=True)
    elif ask['do'] == 'epoch':
        start, processor = time.perf_counter(), time.process_time()
        x, y, model, lossf, optimiser, size = (state[k] for k in ('x', 'y', 'model', 'loss', 'optimiser', 'batch'))
        order, total, batches = torch.randperm(len(x), device=DEVICE), torch.zeros((), device=DEVICE), 0
        for i in range(0, len(x), size):
            rows = order[i:i + size]
            optimiser.zero_grad()
            out = model(x[rows])
            loss = lossf(out if y.dtype == torch.long else out[:, 0], y[rows])
            loss.backward()
            optimiser.step()
            total += loss.detach()
            batches += 1
        mean = (total / batches).item()
        say(seconds=time.perf_counter() - start, processor=time.process_time() - processor, loss=mean)
