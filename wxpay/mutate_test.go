package wxpay_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// mutant is a signed message that is about to be changed.
type mutant struct {
	status string      // of a reply
	fields [][2]string // of the header, in order
	body   []byte
	length string // Content-Length; "" for the body's length, "-" for none
	stays  bool   // the connection stays open after the last byte
}

func newMutant(header http.Header, body []byte) *mutant {
	m := &mutant{status: "HTTP/1.1 200 OK", body: bytes.Clone(body)}
	for _, name := range signedFields {
		m.fields = append(m.fields, [2]string{name, header.Get(name)})
	}
	return m
}

var signedFields = []string{"Wechatpay-Serial", "Wechatpay-Timestamp", "Wechatpay-Nonce",
	"Wechatpay-Signature"}

// wire returns the mutant as the bytes of a reply.
func (m *mutant) wire() []byte {
	var b bytes.Buffer
	b.WriteString(m.status + "\r\n")
	for _, f := range m.fields {
		b.WriteString(f[0] + ": " + f[1] + "\r\n")
	}
	switch m.length {
	case "":
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(m.body))
	case "-":
	default:
		b.WriteString(m.length + "\r\n")
	}
	b.WriteString("\r\n")
	b.Write(m.body)
	return b.Bytes()
}

// header returns the mutant's header as a server passes it.
func (m *mutant) header() http.Header {
	h := make(http.Header)
	for _, f := range m.fields {
		h[f[0]] = append(h[f[0]], f[1])
	}
	return h
}

// mutation changes a signed message, or its framing, so that it must be refused. Other is another
// signed message.
type mutation struct {
	name   string
	mutate func(r *rand.Rand, m, other *mutant)
}

// content are mutations of the signed parts, for replies and notifications alike.
var content = []mutation{
	{"flip a bit", func(r *rand.Rand, m, _ *mutant) {
		m.body[r.IntN(len(m.body))] ^= 1 << r.IntN(8)
	}},
	{"drop a byte", func(r *rand.Rand, m, _ *mutant) {
		i := r.IntN(len(m.body))
		m.body = slices.Delete(m.body, i, i+1)
	}},
	{"insert a byte", func(r *rand.Rand, m, _ *mutant) {
		m.body = slices.Insert(m.body, r.IntN(len(m.body)+1), byte(r.IntN(256)))
	}},
	{"cut off", func(r *rand.Rand, m, _ *mutant) { m.body = m.body[:r.IntN(len(m.body))] }},
	{"append", func(r *rand.Rand, m, _ *mutant) {
		m.body = append(m.body,
			[]string{"\n", " ", "\x00", "{}", "\r\n\r\n", string(m.body)}[r.IntN(6)]...)
	}},
	{"prepend", func(r *rand.Rand, m, _ *mutant) {
		m.body = append([]byte([]string{"\ufeff", " ", "\n", "\x00"}[r.IntN(4)]), m.body...)
	}},
	{"another body", func(_ *rand.Rand, m, other *mutant) { m.body = other.body }},
	{"respell", func(_ *rand.Rand, m, _ *mutant) {
		m.body = bytes.Replace(m.body, []byte(`":`), []byte(`": `), 1)
	}},
	{"double a key", func(_ *rand.Rand, m, _ *mutant) {
		m.body = append([]byte(`{"id":"forged",`), m.body[1:]...)
	}},
	{"swap bytes", func(r *rand.Rand, m, _ *mutant) {
		before := bytes.Clone(m.body)
		for bytes.Equal(before, m.body) {
			i, j := r.IntN(len(m.body)), r.IntN(len(m.body))
			m.body[i], m.body[j] = m.body[j], m.body[i]
		}
	}},
	{"drop a field", func(r *rand.Rand, m, _ *mutant) {
		i := r.IntN(len(m.fields))
		m.fields = slices.Delete(m.fields, i, i+1)
	}},
	{"double a field", func(r *rand.Rand, m, other *mutant) {
		i := r.IntN(len(m.fields))
		m.fields = append(m.fields,
			[2]string{[]string{m.fields[i][0], strings.ToLower(m.fields[i][0])}[r.IntN(2)],
				other.fields[i][1]})
	}},
	{"empty a field", func(r *rand.Rand, m, _ *mutant) { m.fields[r.IntN(len(m.fields))][1] = "" }},
	{"change a field", func(r *rand.Rand, m, _ *mutant) {
		f := &m.fields[r.IntN(len(m.fields))]
		b := []byte(f[1])
		// the last character of base64 has unused bits
		i := r.IntN(len(strings.TrimRight(f[1], "=")) - 1)
		for old := b[i]; b[i] == old; {
			b[i] = "0123456789abcdefABCDEF_-+/"[r.IntN(26)]
		}
		f[1] = string(b)
	}},
	{"take a field of another", func(r *rand.Rand, m, other *mutant) {
		i := 1 + r.IntN(3) // the serial is the same
		for m.fields[i][1] == other.fields[i][1] {
			i = 2 + r.IntN(2)
		}
		m.fields[i][1] = other.fields[i][1]
	}},
	{"another timestamp", func(r *rand.Rand, m, _ *mutant) {
		at, _ := strconv.ParseInt(m.fields[1][1], 10, 64)
		m.fields[1][1] = []string{
			"-1", "0", "1e9", "soon", "99999999999999999999", "+" + m.fields[1][1], "0x5f5e100",
			" ", m.fields[1][1] + "0", strconv.FormatInt(at+1+r.Int64N(500), 10),
		}[r.IntN(10)]
	}},
	{"another serial", func(r *rand.Rand, m, _ *mutant) {
		m.fields[0][1] = []string{serialNo, "PUB_KEY_ID_9", strings.ToLower(publicID), publicID +
			"0", "../" + publicID, publicID + "\t", strings.Repeat("A", 10000)}[r.IntN(7)]
		if strings.TrimSpace(m.fields[0][1]) == publicID { // net/http trims
			m.fields[0][1] = "x"
		}
	}},
	{"another kind of signature", func(r *rand.Rand, m, _ *mutant) {
		m.fields = append(m.fields,
			[2]string{"Wechatpay-Signature-Type", []string{"WECHATPAY2-SM2-WITH-SM3", "none",
				"wechatpay2-sha256-rsa2048"}[r.IntN(3)]})
	}},
	{"another signature", func(r *rand.Rand, m, _ *mutant) {
		s := m.fields[3][1]
		m.fields[3][1] = []string{
			probe, "", "AAAA", s + s, s[:len(s)/2], strings.Repeat("A", 342) + "==",
			strings.ReplaceAll(s, "=", ""), strings.ToLower(s), "?" + s,
			strings.Repeat("QUJD", 5000),
		}[r.IntN(10)]
	}},
	{"signed by another", func(r *rand.Rand, m, _ *mutant) {
		out := &reply{header: make(http.Header), body: m.body}
		signReply(otherKey(), publicID, m.fields[1][1], m.fields[2][1], out)
		m.fields[3][1] = out.header.Get("Wechatpay-Signature")
	}},
	{"signed too early or late", func(r *rand.Rand, m, _ *mutant) {
		at := time.Now().
			Add(time.Duration(1-2*r.IntN(2)) * (6*time.Minute + time.Duration(r.Int64N(1e16))))
		m.sign(strconv.FormatInt(at.Unix(), 10), m.fields[2][1])
	}},
	// moves the border between nonce and body; the signature still holds
	{"nonce with a border", func(r *rand.Rand, m, _ *mutant) {
		i := bytes.IndexByte(m.body, '\n')
		if i < 0 {
			m.body, m.fields[2][1] = m.body[1:], m.fields[2][1]+"\n"+string(m.body[:1])
			return
		}
		m.body, m.fields[2][1] = m.body[i+1:], m.fields[2][1]+"\n"+string(m.body[:i])
	}},
}

// sign signs the mutant again with the platform's key.
func (m *mutant) sign(timestamp, nonce string) {
	out := &reply{header: make(http.Header), body: m.body}
	signReply(platformKey(), publicID, timestamp, nonce, out)
	*m = mutant{status: m.status, fields: newMutant(out.header, nil).fields, body: m.body}
}

// framing are mutations of a reply's HTTP framing.
var framing = []mutation{
	{"interim status", func(r *rand.Rand, m, _ *mutant) {
		m.status, m.stays = "HTTP/1.1 "+[]string{"101 Switching Protocols", "100 Continue",
			"102 Processing", "103 Early Hints", "199 x"}[r.IntN(5)], r.IntN(2) == 0
	}},
	{"another status", func(r *rand.Rand, m, _ *mutant) {
		m.status = "HTTP/1.1 " + []string{"302 Found", "304 Not Modified", "400 x", "404 x",
			"429 x", "500 x", "502 x", "600 x", "999 x"}[r.IntN(9)]
	}},
	{"malformed status", func(r *rand.Rand, m, _ *mutant) {
		m.status = []string{"HTTP/1.1", "HTTP/1.1 OK", "HTTP/1.1 2000 OK", "HTTP/9.9 x", "",
			"SSH-2.0-OpenSSH_9.6", "\x16\x03\x01", "HTTP/1.1 20 OK", "ICY 200 OK"}[r.IntN(9)]
	}},
	{"too long", func(r *rand.Rand, m, _ *mutant) {
		m.length, m.stays = fmt.Sprintf("Content-Length: %d", len(m.body)+1+r.IntN(1000)),
			r.IntN(2) == 0
	}},
	{"too short", func(r *rand.Rand, m, _ *mutant) {
		m.length = fmt.Sprintf("Content-Length: %d", r.IntN(len(m.body)))
	}},
	{"odd length", func(r *rand.Rand, m, _ *mutant) {
		m.length = "Content-Length: " + []string{"-1", "abc", "1e3", "99999999999999999999", "+5",
			"0x10"}[r.IntN(6)]
	}},
	{"two lengths", func(_ *rand.Rand, m, _ *mutant) {
		m.length = fmt.Sprintf("Content-Length: %d\r\nContent-Length: %d", len(m.body),
			len(m.body)-1)
	}},
	{"malformed chunks", func(r *rand.Rand, m, _ *mutant) {
		m.length, m.stays = "Transfer-Encoding: "+
			[]string{"chunked", "gzip, chunked", "identity, chunked"}[r.IntN(3)], r.IntN(4) == 0
	}},
	{"endless", func(_ *rand.Rand, m, _ *mutant) { m.length, m.stays = "-", true }},
	{"no gzip", func(_ *rand.Rand, m, _ *mutant) {
		m.fields = append(m.fields, [2]string{"Content-Encoding", "gzip"})
	}},
	{"malformed field", func(r *rand.Rand, m, _ *mutant) {
		f := &m.fields[r.IntN(len(m.fields))]
		f[0] = []string{f[0] + " ", " " + f[0], f[0] + "\x00", "", f[0] + "\r",
			f[0] + "_"}[r.IntN(6)]
	}},
	{"huge header", func(_ *rand.Rand, m, _ *mutant) {
		m.fields = append(m.fields, [2]string{"X", strings.Repeat("x", 300<<10)})
	}},
	{"header cut off", func(r *rand.Rand, m, _ *mutant) {
		i := r.IntN(len(m.fields))
		m.fields, m.length, m.body, m.stays = m.fields[:i], "-", nil, r.IntN(4) == 0
	}},
}

// mutations returns the number of mutations: all under make stress, otherwise short.
func mutations(all, short int) int {
	if stressing() {
		return all
	}
	return short
}

// base makes good signed messages. Every mutant starts as one of them.
func base(n int) []*mutant {
	now := strconv.FormatInt(time.Now().Unix(), 10)
	all := make([]*mutant, n)
	for i := range all {
		m := newMutant(make(http.Header),
			fmt.Appendf(nil,
				`{"id":"good-%d","amount":{"total":%d,"currency":"CNY"},"note":"张三\n"}`, i, i+100))
		m.sign(now, fmt.Sprintf("nonce%027d", i))
		all[i] = m
	}
	return all
}

func (m *mutant) clone() *mutant {
	c := *m
	c.fields, c.body = slices.Clone(m.fields), bytes.Clone(m.body)
	return &c
}

// breed applies a mutation or two to one of all.
func breed(r *rand.Rand, all []*mutant, how []mutation) (*mutant, string) {
	i := r.IntN(len(all))
	m, other := all[i].clone(), all[(i+1+r.IntN(len(all)-1))%len(all)].clone()
	one := how[r.IntN(len(how))]
	one.mutate(r, m, other)
	return m, one.name
}

// dialMutants answers each connection with the mutant for its path.
func dialMutants(next func(path string) *mutant) func(context.Context, string, string) (net.Conn,
	error) {
	return func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			defer theirs.Close()
			req, err := http.ReadRequest(bufio.NewReader(theirs))
			if err != nil {
				return
			}
			_, _ = io.Copy(io.Discard, req.Body)
			m := next(req.URL.Path)
			if m == nil {
				return
			}
			_ = theirs.SetWriteDeadline(time.Now().Add(10 * time.Second))
			if _, err := theirs.Write(m.wire()); err == nil && m.stays {
				_, _ = theirs.Read(make([]byte, 1)) // until the client hangs up
			}
		}()
		return ours, nil
	}
}

// No mutated reply is believed, and none delays a call beyond its timeout.
func TestMutatedReplies(t *testing.T) {
	const timeout = 300 * time.Millisecond
	count, seed, all := mutations(20_000, 1_000), uint64(time.Now().UnixNano()), base(64)
	every := append(slices.Clone(content), framing...)
	var lines sync.Map // path -> *mutant
	cfg := testConfig()
	cfg.PrivateKey = quickKey() // nobody looks at these requests
	c := newClientOf(t, cfg, "http://platform.test", wxpay.WithTimeout(timeout),
		wxpay.WithHTTPClient(&http.Client{Transport: &http.Transport{
			DisableKeepAlives: true, MaxResponseHeaderBytes: 256 << 10,
			DialContext: dialMutants(func(path string) *mutant {
				m, _ := lines.Load(path)
				mutant, _ := m.(*mutant) // nil if the call has given up
				return mutant
			}),
		}}))
	each(count, func(i int) {
		m, how := breed(rand.New(rand.NewPCG(seed, uint64(i))), all, every)
		path := fmt.Sprintf("/v3/%d", i)
		lines.Store(path, m)
		defer lines.Delete(path)
		start := time.Now()
		var got orderResponse
		var file bytes.Buffer
		call := gen.Call{Name: "test.Mutant", Method: "GET", Path: path}
		var err error
		if i%4 == 0 {
			err = c.Download(t.Context(), call, &file)
		} else {
			err = c.Do(t.Context(), call, &got)
		}
		var e *wxpay.Error
		switch took := time.Since(start); {
		case err == nil:
			t.Errorf("seed %d, %d, %s: believed %+v %s\n%q", seed, i, how, got, file.Bytes(),
				m.wire())
		case errors.As(err, &e) && e.Verified && how != "another status":
			t.Errorf("seed %d, %d, %s: an error that is verified: %v\n%q", seed, i, how, err,
				m.wire())
		case took > timeout+5*time.Second:
			t.Errorf("seed %d, %d, %s: took %v", seed, i, how, took)
		}
	})
	t.Logf("%d replies, seed %d", count, seed)
}

// each calls f for 0 to count-1, on several goroutines.
func each(count int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < count; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}

// The unchanged messages are accepted. Otherwise the tests above could not fail.
func TestMutantsBeginGood(t *testing.T) {
	all := base(8)
	c := newClient(t, "http://platform.test",
		wxpay.WithHTTPClient(&http.Client{Transport: &http.Transport{
			DisableKeepAlives: true, DialContext: dialMutants(func(path string) *mutant {
				i, _ := strconv.Atoi(path[4:])
				return all[i]
			}),
		}}))
	for i := range all {
		var got orderResponse
		if err := c.Do(t.Context(),
			gen.Call{Name: "test.Mutant", Method: "GET", Path: fmt.Sprintf("/v3/%d", i)},
			&got); err != nil || got.ID != fmt.Sprintf("good-%d", i) {
			t.Errorf("%v, %+v", err, got)
		}
	}
	n := newNotification("A", "{}")
	header, body := n.sign()
	if _, err := offlineClient(t).ParseNotification(t.Context(), newMutant(header, body).header(),
		body); err != nil {
		t.Error(err)
	}
}
