package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// mockClient asks a running mock server.
type mockClient struct{ url string }

// mockVerbs are the verbs that steer a running server.
func mockVerbs() []*cobra.Command {
	m := new(mockClient)
	verbs := []*cobra.Command{
		m.person("pay", "Pay an order, confirm a transfer, or sign a contract, as its user would"),
		m.person("refuse", "Let a payment fail, or refuse a confirmation"),
		m.person("expire", "Let an order expire"),
		m.clock(), m.notify(), m.snapshot(), m.restore(),
		m.simple("reset", "Forget objects, requests, notifications and faults, and set the "+
			"clock right", http.MethodPost, "reset"),
		m.simple("rotate", "Sign with a new platform certificate from now on", http.MethodPost,
			"certificates"),
		m.fault(),
		m.simple("requests", "Print the latest requests and their replies, as JSON",
			http.MethodGet, "requests?most=20"),
		m.simple("objects", "Print what the server remembers, as JSON", http.MethodGet, "objects"),
		m.simple("deliveries", "Print the notifications and every try to deliver them, as JSON",
			http.MethodGet, "deliveries"),
	}
	for _, v := range verbs {
		v.Flags().StringVar(&m.url, "url", "http://"+mockAddress, "`URL` of the mock server")
	}
	return verbs
}

// exactly is the rule of verbs with one argument.
func exactly(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != 1 {
			return fmt.Errorf("%s wants one argument, %s; there are %d", c.CommandPath(), what,
				len(args))
		}
		return nil
	}
}

func (m *mockClient) person(act, short string) *cobra.Command {
	return &cobra.Command{
		Use: act + " NUMBER", Short: short, Args: exactly("the merchant's number"),
		RunE: func(c *cobra.Command, args []string) error {
			var objects []struct{ Kind, Number, State string }
			if err := m.ask(http.MethodPost, act, map[string]string{"number": args[0]},
				&objects); err != nil {
				return err
			}
			for _, o := range objects {
				fmt.Fprintf(c.OutOrStdout(), "wxgen: %s %s is %s\n", o.Kind, o.Number, o.State)
			}
			return nil
		},
	}
}

func (m *mockClient) clock() *cobra.Command {
	return &cobra.Command{
		Use: "clock [+DURATION]", Short: "Put the server's clock forward, or show it",
		Args:    cobra.MaximumNArgs(1),
		Example: "  wxgen mock clock +3h",
		RunE: func(c *cobra.Command, args []string) error {
			var now struct {
				Now   time.Time
				Ahead string
			}
			method, body := http.MethodGet, any(nil)
			if len(args) > 0 {
				method, body = http.MethodPost, map[string]string{"advance": args[0]}
			}
			if err := m.ask(method, "clock", body, &now); err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "wxgen: it is %s, %s ahead\n",
				now.Now.Format(time.RFC3339), now.Ahead)
			return nil
		},
	}
}

func (m *mockClient) notify() *cobra.Command {
	var to, account string
	var set []string
	c := &cobra.Command{
		Use: "notify EVENT", Short: "Send a notification of any event",
		Args: exactly("the event, as TRANSACTION.SUCCESS"),
		Example: "  wxgen mock notify TRANSACTION.SUCCESS --to http://127.0.0.1:8080/notify " +
			"--set amount.total=100",
		RunE: func(c *cobra.Command, args []string) error {
			resource, err := document(set)
			if err != nil {
				return err
			}
			if to == "" {
				return errors.New("--to is missing: the URL that the notification goes to")
			}
			var d struct {
				State string
				Tries []struct {
					Status        int
					Answer, Error string
				}
			}
			body := map[string]any{"event": args[0], "url": to, "account": account,
				"resource": resource}
			if err := m.ask(http.MethodPost, "notify", body, &d); err != nil {
				return err
			}
			for _, t := range d.Tries {
				fmt.Fprintf(c.OutOrStdout(), "wxgen: answered with %d %s%s\n", t.Status, t.Answer,
					t.Error)
			}
			fmt.Fprintf(c.OutOrStdout(), "wxgen: %s\n", d.State)
			return nil
		},
	}
	c.Flags().StringVar(&to, "to", "", "`URL` of the receiver")
	c.Flags().StringVar(&account, "account", "",
		"`number` of the merchant or brand it is for (default: the first merchant)")
	c.Flags().StringArrayVar(&set, "set", nil,
		"`path=value` of a field of the resource, as amount.total=100; can be repeated")
	return c
}

// document makes a document of paths and values. Numbers, true and false keep their types; quotes
// make a text of them.
func document(set []string) (map[string]any, error) {
	doc := map[string]any{}
	for _, s := range set {
		path, text, ok := strings.Cut(s, "=")
		if !ok || path == "" {
			return nil, fmt.Errorf("--set %q is no path=value", s)
		}
		at, names := doc, strings.Split(path, ".")
		for _, name := range names[:len(names)-1] {
			inner, ok := at[name].(map[string]any)
			if !ok {
				inner = map[string]any{}
				at[name] = inner
			}
			at = inner
		}
		at[names[len(names)-1]] = scalar(text)
	}
	return doc, nil
}

func scalar(text string) any {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && strconv.FormatInt(n, 10) == text &&
		len(text) < 16 {
		return n
	}
	if text == "true" || text == "false" {
		return text == "true"
	}
	if quoted, err := strconv.Unquote(text); err == nil && strings.HasPrefix(text, `"`) {
		return quoted
	}
	return text
}

func (m *mockClient) snapshot() *cobra.Command {
	return &cobra.Command{
		Use: "snapshot [FILE]", Short: "Write the server's state to a file, or to standard output",
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			var state json.RawMessage
			if err := m.ask(http.MethodGet, "snapshot", nil, &state); err != nil {
				return err
			}
			if len(args) == 0 {
				_, err := fmt.Fprintf(c.OutOrStdout(), "%s\n", state)
				return err
			}
			return os.WriteFile(args[0], append(state, '\n'), 0o600)
		},
	}
}

func (m *mockClient) restore() *cobra.Command {
	return &cobra.Command{
		Use: "restore FILE", Short: "Replace the server's state with one from snapshot",
		Args: exactly("the file"),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			return m.ask(http.MethodPost, "restore", json.RawMessage(text), nil)
		},
	}
}

func (m *mockClient) fault() *cobra.Command {
	return &cobra.Command{
		Use: "fault [KIND=…,KEY=VALUE…|none]", Short: "Make something go wrong, list what goes " +
			"wrong, or end it all", Args: cobra.MaximumNArgs(1),
		Example: `  wxgen mock fault kind=latency,latency=2s,path=/v3/pay/**,times=3
  wxgen mock fault none`,
		RunE: func(c *cobra.Command, args []string) error {
			method, body := http.MethodGet, any(nil)
			switch {
			case len(args) > 0 && args[0] == "none":
				method = http.MethodDelete
			case len(args) > 0:
				rule, err := faultRule(args[0])
				if err != nil {
					return err
				}
				if err := m.ask(http.MethodPost, "faults", rule, nil); err != nil {
					return err
				}
			}
			return m.print(c, method, "faults", body)
		},
	}
}

func (m *mockClient) simple(use, short, method, path string) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return m.print(c, method, path, nil) }}
}

// print asks and prints the answer, indented.
func (m *mockClient) print(c *cobra.Command, method, path string, body any) error {
	var answer json.RawMessage
	if err := m.ask(method, path, body, &answer); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, answer, "", "  "); err != nil {
		return err
	}
	_, err := fmt.Fprintln(c.OutOrStdout(), strings.TrimSpace(b.String()))
	return err
}

// ask sends a request to the control interface and decodes the answer into out, which may be nil.
func (m *mockClient) ask(method, path string, body, out any) error {
	var sent io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("not JSON: %w", err)
		}
		sent = bytes.NewReader(text)
	}
	req, err := http.NewRequest(method, strings.TrimSuffix(m.url, "/")+"/_mock/"+path, sent)
	if err != nil {
		return fmt.Errorf("--url %q is no URL", m.url)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		if u, ok := errors.AsType[*url.Error](err); ok {
			err = u.Err
		}
		return fmt.Errorf("no mock server answers at %s: %w; start one with wxgen mock, or name "+
			"its address with --url", m.url, err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return fmt.Errorf("the answer of %s is cut off: %w", m.url, err)
	}
	if resp.StatusCode != http.StatusOK {
		var said struct{ Error string }
		if json.Unmarshal(text, &said) != nil || said.Error == "" {
			return fmt.Errorf("%s is no mock server of wxgen: HTTP %d; name its address with --url",
				m.url, resp.StatusCode)
		}
		return errors.New(said.Error)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(text, out)
}
