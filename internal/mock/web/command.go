package web

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/keys"
)

// command prints a request as commands that send it again. They sign it anew, since a signature can
// be used only once.
type command struct {
	method, uri string
	body        string // the signed part
	file        string // name of an upload's file
	filePart    string
	serial      string // of the key that sealed, or that is named
	account     *keys.Account
	key         string // key file
	base        string
	chain       string
	whole       bool // the body is complete and text
	typed       string
}

func (s *site) command(x *mock.Exchange, base string) *command {
	c := &command{
		method: x.Method, uri: x.URI, body: string(x.Body), file: x.File, filePart: "file",
		serial: x.Header.Get("Wechatpay-Serial"), base: base,
		chain: s.chain(x.Method, x.Template), whole: len(x.Body) < mock.MaxKept &&
			utf8.Valid(x.Body) && !strings.Contains(string(x.Body), "\x00"),
	}
	c.typed = s.typed(x, c.filePart)
	if c.account, _ = s.Engine.AccountByID(x.Account); c.account == nil {
		c.account = s.Engine.Accounts()[0]
	}
	c.key = filepath.Join(s.Folder, c.account.Folder(), "apiclient_key.pem")
	if x.Template != "" {
		if op, err := s.Engine.Operation(x.Method, x.Template); err == nil && op != nil &&
			op.Body != nil {
			for _, f := range op.Body.Fields {
				if f.Name != "meta" {
					c.filePart = f.Name
				}
			}
		}
	}
	return c
}

// curl is a command for a POSIX shell with openssl and curl; "" if the body is no text or
// incomplete.
func (c *command) curl() string {
	if !c.whole {
		return ""
	}
	scheme, id := c.account.Role.Scheme()
	var b strings.Builder
	fmt.Fprintf(&b, "uri=%s\nbody=%s\n", quoted(c.uri), quoted(c.body))
	b.WriteString("time=$(date +%s) nonce=$(openssl rand -hex 16)\n")
	fmt.Fprintf(&b,
		`sign=$(printf '%%s\n%%s\n%%s\n%%s\n%%s\n' %s "$uri" "$time" "$nonce" "$body" |`+"\n",
		quoted(c.method))
	fmt.Fprintf(&b, "  openssl dgst -sha256 -sign %s | openssl base64 -A)\n", quoted(c.key))
	if c.file != "" {
		b.WriteString(`printf %s "$body" | `)
	}
	fmt.Fprintf(&b, "curl -i -X %s %s\"$uri\" \\\n", quoted(c.method), quoted(c.base))
	fmt.Fprintf(&b,
		`  -H "Authorization: %s %s=\"%s\",nonce_str=\"$nonce\",timestamp=\"$time\",serial_no=\"%s\",signature=\"$sign\""`,
		scheme, id, c.account.ID, c.account.SerialNo)
	b.WriteString(" \\\n  -H 'Accept: application/json'")
	if c.serial != "" {
		b.WriteString(" \\\n  -H " + quoted("Wechatpay-Serial: "+c.serial))
	}
	switch {
	case c.file != "":
		fmt.Fprintf(&b, " \\\n  -F 'meta=<-;type=application/json' -F %s",
			quoted(c.filePart+"=@"+c.file))
	case c.body != "":
		b.WriteString(" \\\n  -H 'Content-Type: application/json' --data-raw \"$body\"")
	}
	return b.String()
}

// quoted is a word of a POSIX shell. Control characters other than line ends and tabs are replaced:
// they could steer a terminal.
func quoted(text string) string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return '\uFFFD'
		}
		return r
	}, text)
	return "'" + strings.ReplaceAll(clean, "'", `'\''`) + "'"
}

// goCode is a call with this project's client: with types if they can express the request, else
// with the bytes. It is "" for other uploads, which the call with bytes cannot express.
func (c *command) goCode() string {
	if c.typed != "" {
		return c.typed
	}
	if !c.whole || c.file != "" {
		return ""
	}
	body := "nil"
	switch {
	case c.body == "":
	case strconv.CanBackquote(strings.ReplaceAll(c.body, "\n", " ")):
		body = "[]byte(`" + c.body + "`)"
	default:
		body = "[]byte(" + strconv.Quote(c.body) + ")"
	}
	call := fmt.Sprintf("raw, err := client.Raw(ctx, %q, %q, nil,\n\t%s)", c.method, c.uri, body)
	if c.chain != "" {
		return "// with types: client." + c.chain + "(ctx, …)\n" + call
	}
	return call
}
