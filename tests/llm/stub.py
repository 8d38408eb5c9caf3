#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A language model service that answers from a script, on loopback only.

As a module: Stub(replies) is a running server; .url, .requests, .close().
A reply is a dict:

    status, headers     of the answer (200)
    answer              the digest's JSON object, wrapped as the asked API does
    content             the model's text instead, as it is
    usage               False: leave it out
    message             more members of the message, what it thought say
    thoughts            tokens of it, as OpenAI counts them
    finish              the API's own word for why the text ends
    json / text         the whole body instead, as JSON or as it is
    runaway             the last new item so many times, then cut
    fill                a topic of so many letters
    deep                so many open brackets as the whole body
    delay               seconds before it is sent
    cut                 bytes of the body that are sent, then the line goes dead
    chunked             send without a length
    gzip                megabytes of blanks, packed, behind the body
    drop                close the line without a word
    auto                make true items out of the prompt itself
    script              answers by the subject of the thread

The last reply of a list is given again and again.
"""
import gzip
import http.server
import json
import re
import sys
import threading
import time

MARK = re.compile(r"^(?:\[(\d+)\])?│(.*)$")
QUOTE = 120


def api_of(path):
    path = path.split("?")[0]
    if path.endswith("/chat/completions"):
        return "openai"
    if path.endswith("/messages"):
        return "anthropic"
    return "ollama"


def user_text(body):
    return [m["content"] for m in body["messages"] if m["role"] == "user"][-1]


def own_lines(prompt):
    """(number, text) of each line that is the mail's own."""
    number = 0
    for line in prompt.split("\n"):
        found = MARK.match(line)
        if found:
            number = int(found[1] or number)
            if not found[2].startswith("> "):
                yield number, found[2].strip()


def start_of(text):
    """As much of a long line as a quote may have."""
    return text if len(text) <= QUOTE else text[:QUOTE].rsplit(" ", 1)[0]


def subject_of(prompt):
    return re.search(r"^subject│(.*)$", prompt, re.M)[1]


def auto_answer(body):
    """One item a mail, each quoting the first long line of it."""
    prompt = user_text(body)
    wanted = prompt.rsplit(": the task ===", 1)[-1]
    new = prompt.rsplit("new mails: ", 1)[-1].split("\n")[0]
    new_numbers = set()
    for part in re.findall(r"\[(\d+)\](?:-\[(\d+)\])?", new):
        new_numbers |= set(range(int(part[0]), int(part[1] or part[0]) + 1))
    people = dict(re.findall(r"^\[(\d+)\] (\{P\d+\})", prompt, re.M))
    lines = {}
    for number, line in own_lines(prompt):
        if len(line) >= 20:
            lines.setdefault(number, start_of(line))
    answer = {"topic": "", "background": [], "new": [], "decisions": [],
              "open_questions": [], "terms": []}
    if "earlier" in wanted:
        answer["earlier"] = []
    if "superseded" in wanted:
        answer["superseded"] = []
        del answer["background"]
    for number, quote in sorted(lines.items()):
        item = {"sources": [number], "quote": quote,
                "by": people.get(str(number), "{P1}"), "act": "says",
                "patch": 0, "text": quote[:120]}
        zone = "new" if number in new_numbers or "superseded" in answer \
            else "earlier"
        if number == 1 and "background" in answer:
            zone = "background"
        if zone in answer and len(answer[zone]) < 8:
            answer[zone].append(item)
    return answer


def script_answer(script, body):
    prompt = user_text(body)
    return script.get(subject_of(prompt)) or auto_answer(body)


def wrap(api, content, reply):
    usage = reply.get("usage", True)
    if api == "openai":
        out = {"id": "x", "object": "chat.completion", "choices": [
            {"index": 0, "finish_reason": reply.get("finish", "stop"),
             "message": {"role": "assistant", "content": content,
                         "refusal": reply.get("refusal"),
                         **reply.get("message", {})}}]}
        if usage:
            out["usage"] = {"prompt_tokens": 100, "completion_tokens": 20,
                            "total_tokens": 120}
            out["usage"]["completion_tokens_details"] = {
                "reasoning_tokens": reply.get("thoughts", 0)}
    elif api == "anthropic":
        out = {"type": "message", "role": "assistant",
               "stop_reason": reply.get("finish", "end_turn"),
               "content": [{"type": "thinking", "thinking": "Hmm {"},
                           {"type": "text", "text": content}]}
        if usage:
            out["usage"] = {"input_tokens": 100, "output_tokens": 20,
                            "cache_read_input_tokens": 5}
    else:
        out = {"model": "x", "done": True,
               "done_reason": reply.get("finish", "stop"),
               "message": {"role": "assistant", "content": content,
                           **reply.get("message", {})}}
        if usage:
            out["prompt_eval_count"] = reply.get("prompt_eval_count", 5000)
            out["eval_count"] = 20
    return json.dumps(out, ensure_ascii=False)


def body_of(api, reply, request):
    if "json" in reply:
        return json.dumps(reply["json"])
    if "text" in reply:
        return reply["text"]
    if "deep" in reply:
        return "[" * reply["deep"]
    if "fill" in reply:
        return wrap(api, '{"topic":"%s"}' % ("y" * reply["fill"]), reply)
    if "runaway" in reply:
        items = reply["answer"]["new"]
        items += [dict(items[-1], text=items[-1]["text"] + str(i))
                  for i in range(reply["runaway"])]
        return wrap(api, json.dumps(reply["answer"])[:-300], reply)
    if "content" in reply:
        return wrap(api, reply["content"], reply)
    if reply.get("auto"):
        answer = auto_answer(request)
    elif "script" in reply:
        answer = script_answer(reply["script"], request)
    else:
        answer = reply.get("answer", {})
    return wrap(api, json.dumps(answer, ensure_ascii=False), reply)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.do_POST()

    def do_POST(self):
        stub = self.server.stub
        size = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(size)
        try:
            request = json.loads(raw)
        except ValueError:
            request = None
        with stub.lock:
            index = len(stub.requests)
            asked = {"path": self.path, "raw": raw.decode(),
                     "headers": dict(self.headers.items()),
                     "body": request, "at": time.time()}
            stub.requests.append(asked)
        reply = stub.replies[min(index, len(stub.replies) - 1)]
        time.sleep(reply.get("delay", 0))
        asked["until"] = time.time()
        if reply.get("drop"):
            self.close_connection = True
            return
        body = body_of(api_of(self.path), reply, request).encode()
        self.respond(reply, body)

    def respond(self, reply, body):
        headers = dict(reply.get("headers", {}))
        headers.setdefault("Content-Type", "application/json")
        if "gzip" in reply:
            body = gzip.compress(body + b" " * (reply["gzip"] << 20))
            headers["Content-Encoding"] = "gzip"
        self.send_response(reply.get("status", 200))
        for name, value in headers.items():
            self.send_header(name, value)
        if reply.get("chunked"):
            self.send_header("Transfer-Encoding", "chunked")
        elif reply.get("cut") != "unseen":
            self.send_header("Content-Length", str(len(body)))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        try:
            self.send_body(reply, body)
        except OSError:
            pass

    def send_body(self, reply, body):
        if "cut" in reply:
            self.wfile.write(body[:len(body) // 2])
            self.close_connection = True
        elif reply.get("chunked"):
            for at in range(0, len(body), 65536):
                part = body[at:at + 65536]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *args):
        pass


class Stub:
    def __init__(self, replies):
        self.replies, self.requests = replies, []
        self.lock = threading.Lock()
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.stub = self
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever,
                         kwargs={"poll_interval": 0.02}, daemon=True).start()

    def url(self, api):
        return "http://127.0.0.1:%d%s" % (self.port,
                                          "" if api == "ollama" else "/v1")

    def close(self):
        self.server.shutdown()
        self.server.server_close()


if __name__ == "__main__":
    # By hand: stub.py '[{"auto": true}]', then Enter ends it.
    running = Stub(json.loads(sys.argv[1]))
    print(running.url("openai"), flush=True)
    sys.stdin.readline()
    print(len(running.requests), "requests")
