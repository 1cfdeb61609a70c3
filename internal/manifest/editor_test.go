//go:build validators

package manifest_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestEditor asks yaml-language-server 1.25.0, which editors use, what it makes of schema.json. The environment
// variable READINESS_NODE names a folder whose node_modules holds it. In each text, | is the cursor.
func TestEditor(t *testing.T) {
	s := startServer(t)
	t.Run("offers keys", func(t *testing.T) {
		for text, want := range map[string][]string{
			"peop|":                        {"people", "shut_off", "risks"},
			"deployment:\n  pil|":          {"pilot", "stage", "first_phi_on"},
			"deployment:\n  |":             {"pilot", "stage", "first_phi_on"},
			"deployment:\n  pilot:\n    |": {"started_on", "thresholds"},
			"vendors:\n  - id: a\n    |":   {"baa", "retention", "subprocessors"},
			"vendors:\n  - baa:\n      status: executed\n      |": {"signed_on", "covers", "document"},
			"safeguards:\n  risk_analysis:\n    |":                {"status", "done_on", "rationale"},
		} {
			got := s.complete(text)
			for _, w := range want {
				if !slices.Contains(got, w) {
					t.Errorf("%q offers %q, without %s", text, got, w)
				}
			}
		}
	})
	t.Run("offers words", func(t *testing.T) {
		for text, want := range map[string][]string{
			"people:\n  - id: a\n    licensed: |":               {"false", "null", "true", "unknown"},
			"deployment:\n  stage: |":                           {"null", "pilot", "planning", "production", "retired", "unknown"},
			"vendors:\n  - id: a\n    training_use: |":          {"null", "opted_out", "permitted", "prohibited", "unknown"},
			"governance: {roles: [{duty: |}]}":                  {"clinical_lead", "decision_owner", "incident_lead", "monitoring", "other", "privacy", "security", "training", "unknown"},
			"governance:\n  ai_policy:\n    covers:\n      - |": {"accountability", "accuracy", "explainability", "fairness", "privacy", "safety", "security", "unknown"},
		} {
			got := s.complete(text)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q (-want +got):\n%s", text, diff)
			}
		}
	})
	t.Run("explains", func(t *testing.T) {
		for text, want := range map[string]string{
			"peo|ple:\n  - id: a":                                "Everyone who decides, reviews or has access. Named persons, never roles.",
			"vendors:\n  - id: a\n    b|aa: {status: executed}":  "The business associate agreement with this vendor.",
			"vendors:\n  - id: a\n    baa: {st|atus: executed}":  "Where the agreement stands.",
			"vendors:\n  - id: a\n    reten|tion: {inputs: 30d}": "How long the vendor keeps each kind of data",
			"shut_off:\n  tes|ted_on: 2026-01-31":                "The day it was last tried.",
			"safeguards:\n  risk_|analysis: {status: planned}":   "Risk analysis: 164.308(a)(1)(ii)(A)",
		} {
			if got := s.hover(text); !strings.Contains(got, want) {
				t.Errorf("%q: %q does not say %q", text, got, want)
			}
		}
	})
	t.Run("complains", func(t *testing.T) {
		const head = "readiness: 1\npractice: {name: x}\n"
		for text, want := range map[string][]string{
			"vendors: [{id: a, recieves_phi: true}]": {"3:19 Property recieves_phi is not allowed."},
			"deployment: {stagee: pilot}":            {"3:14 Property stagee is not allowed."},
			"deployment: {stage: on}":                {`3:21 Value is not accepted. Valid values: "planning", "pilot", "production", "retired", "unknown", null.`},
			"data_flows: [{id: a}]":                  {`3:14 Missing property "from".`, `3:14 Missing property "to".`},
			"vendors: [{id: a, baa: executed}]":      {`3:24 Incorrect type. Expected "BAA | null".`},
			"deployment:\n  name: 2026":              {`4:9 Incorrect type. Expected one of string, null.`},
			"incidents: {open: two}":                 {`3:19 Incorrect type. Expected "integer | null".`},
			"people: [{id: a b}]":                    {`3:15 String does not match the pattern of "^[A-Za-z0-9_.()/-]{1,64}$".`},
			"shut_off: {tested_on: 26-1-1}":          {`3:23 String does not match the pattern of "^([0-9]{4}-[0-9]{2}-[0-9]{2}|unknown)?$".`},
			"shut_off: {tested_on: 2026-01-31}":      {},
		} {
			if diff := cmp.Diff(want, s.diagnostics(head+text)); diff != "" {
				t.Errorf("%q (-want +got):\n%s", text, diff)
			}
		}
	})
	t.Run("is silent about good manifests", func(t *testing.T) {
		for _, file := range append(corpus(t, "ok"), examples(t)...) {
			if diff := cmp.Diff([]string{}, s.diagnostics(string(readFile(t, file)))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		}
	})
}

// A server is a running yaml-language-server. Its protocol is at
// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/.
type server struct {
	t        *testing.T
	in       io.Writer
	out      *bufio.Reader
	schema   string
	requests int
	opened   int
	said     map[string][]string // diagnostics by document
}

type message struct {
	ID     *int            `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
}

type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

func startServer(t *testing.T) *server {
	t.Helper()
	folder := os.Getenv("READINESS_NODE")
	script := filepath.Join(folder, "node_modules", "yaml-language-server", "bin", "yaml-language-server")
	if _, err := os.Stat(script); folder == "" || err != nil {
		t.Fatalf("READINESS_NODE must name a folder with node_modules/yaml-language-server (npm install yaml-language-server@1.25.0): %v", err)
	}
	schema, err := filepath.Abs("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", script, "--stdio")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop := time.AfterFunc(2*time.Minute, func() { cmd.Process.Kill() })
	t.Cleanup(func() { stop.Stop(); cmd.Process.Kill(); cmd.Wait() })
	s := &server{t: t, in: in, out: bufio.NewReader(out), schema: schema, said: map[string][]string{}}
	s.request("initialize", map[string]any{"processId": os.Getpid(), "rootUri": nil, "capabilities": map[string]any{
		"workspace": map[string]any{"configuration": true},
	}})
	s.send(message{Method: "initialized", Params: raw(t, struct{}{})})
	for len(s.diagnostics("readiness: x\n")) == 0 { // until it has read its settings and the schema
	}
	return s
}

// open shows the server a document.
func (s *server) open(text string) (uri string) {
	s.opened++
	uri = fmt.Sprintf("file:///%d.yaml", s.opened)
	s.send(message{Method: "textDocument/didOpen", Params: raw(s.t, map[string]any{"textDocument": map[string]any{
		"uri": uri, "languageId": "yaml", "version": 1, "text": text,
	}})})
	return uri
}

// complete returns what is offered at the cursor.
func (s *server) complete(text string) []string {
	var list struct {
		Items []struct{ Label string }
	}
	s.ask("textDocument/completion", text, &list)
	var labels []string
	for _, item := range list.Items {
		labels = append(labels, item.Label)
	}
	return labels
}

// hover returns what is said about the word at the cursor.
func (s *server) hover(text string) string {
	var hover struct {
		Contents struct{ Value string }
	}
	s.ask("textDocument/hover", text, &hover)
	return hover.Contents.Value
}

func (s *server) ask(method, text string, answer any) {
	s.t.Helper()
	before, after, _ := strings.Cut(text, "|")
	at := position{strings.Count(before, "\n"), len(before) - strings.LastIndex(before, "\n") - 1}
	result := s.request(method, map[string]any{
		"textDocument": map[string]any{"uri": s.open(before + after)},
		"position":     at,
	})
	if err := json.Unmarshal(result, answer); err != nil {
		s.t.Fatalf("%s: %v in %s", method, err, result)
	}
}

// diagnostics returns what the server has to say against a document.
func (s *server) diagnostics(text string) []string {
	uri := s.open(text)
	for s.said[uri] == nil {
		s.handle(s.receive())
	}
	return s.said[uri]
}

// request sends a request and returns its result.
func (s *server) request(method string, params any) json.RawMessage {
	s.requests++
	id := s.requests
	s.send(message{ID: &id, Method: method, Params: raw(s.t, params)})
	for {
		m := s.receive()
		if m.Method == "" && m.ID != nil && *m.ID == id {
			return m.Result
		}
		s.handle(m)
	}
}

// handle answers what the server asks for, and keeps its diagnostics.
func (s *server) handle(m message) {
	switch {
	case m.Method == "workspace/configuration":
		settings := map[string]any{"validate": true, "completion": true, "hover": true, "schemaStore": map[string]any{"enable": false},
			"schemas": map[string]any{"file://" + s.schema: "*"}}
		s.send(message{ID: m.ID, Result: raw(s.t, []any{settings, nil, nil, nil, nil})})
	case m.Method == "textDocument/publishDiagnostics":
		var p struct {
			URI         string
			Diagnostics []struct {
				Range   struct{ Start position }
				Message string
			}
		}
		if err := json.Unmarshal(m.Params, &p); err != nil {
			s.t.Fatal(err)
		}
		s.said[p.URI] = []string{}
		for _, d := range p.Diagnostics {
			s.said[p.URI] = append(s.said[p.URI], fmt.Sprintf("%d:%d %s", d.Range.Start.Line+1, d.Range.Start.Character+1, d.Message))
		}
	case m.ID != nil && m.Method != "":
		s.send(message{ID: m.ID, Result: json.RawMessage("null")})
	}
}

func (s *server) send(m message) {
	s.t.Helper()
	body := raw(s.t, struct {
		Version string `json:"jsonrpc"`
		message
	}{"2.0", m})
	if _, err := fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
		s.t.Fatal(err)
	}
}

func (s *server) receive() message {
	s.t.Helper()
	header, err := textproto.NewReader(s.out).ReadMIMEHeader()
	if err != nil {
		s.t.Fatalf("the language server has stopped: %v", err)
	}
	size, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		s.t.Fatal(err)
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(s.out, body); err != nil {
		s.t.Fatal(err)
	}
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		s.t.Fatal(err)
	}
	return m
}

func raw(t *testing.T, v any) json.RawMessage {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
