package wxpay_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// sealedParts are mutations of the encrypted resource. The notification is signed again after them.
var sealedParts = []mutation{
	{"ciphertext", func(r *rand.Rand, m, other *mutant) { m.exchange("ciphertext", r, other) }},
	{"nonce", func(r *rand.Rand, m, other *mutant) { m.exchange(`"nonce"`, r, other) }},
	{"associated data", func(r *rand.Rand, m, other *mutant) {
		m.exchange("associated_data", r, other)
	}},
	{"algorithm", func(r *rand.Rand, m, other *mutant) { m.exchange("algorithm", r, other) }},
}

// exchange changes the value of a field of the body, and signs it anew.
func (m *mutant) exchange(field string, r *rand.Rand, _ *mutant) {
	i := bytes.Index(m.body, []byte(strings.Trim(field, `"`)+`":"`)) +
		len(strings.Trim(field, `"`)) + 3
	end := i + bytes.IndexByte(m.body[i:], '"')
	value := bytes.Clone(m.body[i:end])
	if at := r.IntN(max(1, len(value)-4)); r.IntN(4) == 0 {
		value = value[:at]
	} else {
		for old := value[at]; value[at] == old; {
			value[at] = "abcdefXYZ0189"[r.IntN(13)]
		}
	}
	m.body = slices.Concat(m.body[:i], value, m.body[end:])
	m.sign(m.fields[1][1], m.fields[2][1])
}

// No mutated notification reaches a handler or is answered as a success.
func TestMutatedNotifications(t *testing.T) {
	count, seed := mutations(12_000, 1_000), uint64(time.Now().UnixNano())
	var all []*mutant
	for i := range 32 {
		n := newNotification("TRANSACTION.SUCCESS",
			fmt.Sprintf(`{"out_trade_no":"%d","amount":{"total":%d}}`, i, i))
		n.nonce = fmt.Sprintf("nonce%07d", i)
		n.body["resource"], n.body["id"] = n.box(fmt.Sprintf(`{"out_trade_no":"%d"}`, i)),
			fmt.Sprint(i)
		header, body := n.sign()
		m := newMutant(header, body)
		m.sign(header.Get("Wechatpay-Timestamp"), fmt.Sprintf("nonce%027d", i))
		all = append(all, m)
	}
	every := append(slices.Clone(content), sealedParts...)
	var mux wxpay.NotificationMux
	var handled atomic.Int64
	mux.Fallback(func(context.Context, *wxpay.Event) error { handled.Add(1); return nil })
	c := offlineClient(t)
	h := c.NotificationHandler(&mux, wxpay.WithNotificationErrors(nil))
	each(count, func(i int) {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		m, how := breed(r, all, every)
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		start, w := time.Now(), httptest.NewRecorder()
		req := httptest.NewRequestWithContext(ctx, http.MethodPost, "/notify", m.reader(r))
		req.Header = m.header()
		h.ServeHTTP(w, req)
		_, err := c.ParseNotification(ctx, m.header(), m.body)
		if w.Code < 400 || err == nil {
			t.Errorf("seed %d, %d, %s: HTTP %d, %v\n%v\n%s", seed, i, how, w.Code, err, m.fields,
				m.body)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("seed %d, %d, %s: took %v", seed, i, how, took)
		}
	})
	if handled.Load() > 0 {
		t.Errorf("%d were handled", handled.Load())
	}
	t.Logf("%d notifications, seed %d", count, seed)
}

// reader returns the body, and now and then never ends.
func (m *mutant) reader(r *rand.Rand) io.Reader {
	if r.IntN(50) > 0 {
		return bytes.NewReader(m.body)
	}
	in, out := io.Pipe()
	go func() { _, _ = out.Write(m.body) }()
	return in
}
