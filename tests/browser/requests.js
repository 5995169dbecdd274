// Notes whether the last run that the page asked of its server is over. What is asked for and answered
// goes through the socket as protobuf: the number of a message's field is its kind.
(() => {
  const RERUN_SCRIPT = 11, NEW_SESSION = 4, SCRIPT_FINISHED = 6, FINISHED_EARLY_FOR_RERUN = 2;
  const run = (window.__run = { isAwaited: true, hasBegun: false });

  window.WebSocket = class extends WebSocket {
    constructor(...address) {
      super(...address);
      this.addEventListener("message", ({ data }) => hear(fieldsOf(data)));
    }
    send(data) {
      if (fieldsOf(data).has(RERUN_SCRIPT)) Object.assign(run, { isAwaited: true, hasBegun: false });
      super.send(data);
    }
  };

  function hear(fields) {
    if (fields.has(NEW_SESSION)) run.hasBegun = true;
    const isOver = fields.has(SCRIPT_FINISHED) && fields.get(SCRIPT_FINISHED) !== FINISHED_EARLY_FOR_RERUN;
    if (run.hasBegun && isOver) run.isAwaited = false;
  }

  // The fields of a message by number; only whole numbers have their values.
  function fieldsOf(data) {
    const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
    const fields = new Map();
    let at = 0;
    const varint = () => {
      let value = 0, factor = 1, byte;
      do {
        byte = bytes[at++];
        value += (byte & 127) * factor;
        factor *= 128;
      } while (byte > 127);
      return value;
    };
    while (at < bytes.length) {
      const tag = varint(), kind = tag & 7;
      fields.set(Math.floor(tag / 8), kind === 0 ? varint() : undefined);
      const length = { 0: () => 0, 1: () => 8, 2: varint, 5: () => 4 }[kind]();
      at += length; // not before: reading the length moves `at`, too
    }
    return fields;
  }
})();
