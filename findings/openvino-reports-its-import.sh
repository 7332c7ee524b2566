#!/usr/bin/env bash
# openvino 2026.4.1: to import the library is to have a usage event sent, though nothing of it has been called.
# Expected: `import openvino` computes nothing and says nothing to anybody; telemetry belongs to the conversion tools.
# Seen: the import pulls the conversion tools in, which hand an event "import" to openvino-telemetry, installed with it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet "openvino==2026.4.1" "openvino-telemetry==2025.2.0" "numpy==2.4.6"
HOME="$work" "$work/env/bin/python" - <<'PY'
import openvino_telemetry

events = []
openvino_telemetry.Telemetry.send_event = lambda _self, *event, **_more: events.append(event)  # kept here, not sent
import openvino

print("openvino", openvino.__version__)
print("handed over for sending by the import alone:", events)
raise SystemExit(0 if any("import" in event for event in events) else "the import is silent now")
PY
