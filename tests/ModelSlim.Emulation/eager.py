"""Milliseconds of CPU that a step of training takes in PyTorch eager: eager.py MODEL BATCH."""
import sys
import time

import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

model, batch = onnx.load(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(1)
torch.manual_seed(1)
learned, kept = {}, {}
for stored in model.graph.initializer:
    value = torch.from_numpy(numpy_helper.to_array(stored).copy())
    target = learned if value.is_floating_point() else kept
    target[stored.name] = value
for node in model.graph.node:
    if node.op_type == "BatchNormalization":
        for name in node.input[3:5]:
            kept[name] = learned.pop(name)
for value in learned.values():
    value.requires_grad_(True)


def attributes(node):
    return {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}


def padding(given):
    pads = given.get("pads", [0, 0, 0, 0])
    assert pads[:2] == pads[2:]
    return pads[:2]


def forward(x):
    known = {**learned, **kept, model.graph.input[0].name: x}
    for node, given in nodes:
        i = [known.get(name) for name in node.input]
        if node.op_type == "Conv":
            y = F.conv2d(i[0], i[1], i[2] if len(i) > 2 else None, given["strides"], padding(given), given["dilations"], given["group"])
        elif node.op_type == "BatchNormalization":
            y = F.batch_norm(i[0], i[3], i[4], i[1], i[2], True, 1 - given.get("momentum", 0.9), given.get("epsilon", 1e-5))
        elif node.op_type == "Relu":
            y = F.relu(i[0])
        elif node.op_type == "Clip":
            y = torch.clamp(i[0], float(i[1]), float(i[2]))
        elif node.op_type == "Add":
            y = i[0] + i[1]
        elif node.op_type == "MaxPool":
            y = F.max_pool2d(i[0], given["kernel_shape"], given["strides"], padding(given))
        elif node.op_type == "GlobalAveragePool":
            y = F.adaptive_avg_pool2d(i[0], 1)
        elif node.op_type == "Flatten":
            y = torch.flatten(i[0], 1)
        elif node.op_type == "Gemm":
            assert given["transB"] == 1
            y = F.linear(i[0], i[1], i[2])
        elif node.op_type == "Identity":
            y = i[0]
        elif node.op_type == "Constant":
            y = torch.from_numpy(numpy_helper.to_array(given["value"]).copy())
        else:
            sys.exit(f"{node.op_type} is not known here")
        known[node.output[0]] = y
    return known[model.graph.output[0].name]


nodes = [(node, attributes(node)) for node in model.graph.node]
shape = [d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim][1:]
batches = [(torch.randn(batch, *shape), torch.randint(0, 4, (batch,))) for _ in range(10)]
optimizer = torch.optim.SGD(learned.values(), lr=0.01, momentum=0.9, nesterov=True, weight_decay=1e-4)


def run(steps):
    start = time.process_time()
    for step in range(steps):
        x, labels = batches[step % len(batches)]
        optimizer.zero_grad()
        F.cross_entropy(forward(x), labels).backward()
        optimizer.step()
    return time.process_time() - start


steps = 5
while run(steps) < 1.5:
    steps *= 2
print(1000 * min(run(steps) for _ in range(2)) / steps)
