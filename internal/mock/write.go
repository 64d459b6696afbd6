package mock

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/judge"
	"github.com/wxgen/wxgen/internal/mock/keys"
)

// write signs a reply, applies the fault, and sends it.
func (e *Engine) write(w http.ResponseWriter, r *http.Request, x *Exchange, reply *Reply,
	report *judge.Report, rule *fault.Rule, began time.Time) {
	kind := x.spoil
	if rule != nil {
		kind = rule.Kind
		if refused := spoilt(rule); refused != nil {
			reply = refusal(refused)
		}
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Request-Id", requestID(reply.Number))
	for name, values := range reply.Header {
		h[http.CanonicalHeaderKey(name)] = values
	}
	body := reply.Body
	if kind == fault.Malformed {
		body = body[:len(body)/2]
	}
	if !reply.Unsigned {
		e.sign(h, report.Account, r.Header.Get("Wechatpay-Serial"), body, kind)
	}
	x.finish(reply, report, h)
	x.Reply, x.ReplyBytes = kept(body), len(body)
	e.log.add(x, began)
	if kind == fault.LostReply {
		reset(w)
		return
	}
	send(w, reply.Status, body, kind)
}

// send writes status and body.
func send(w http.ResponseWriter, status int, body []byte, kind fault.Kind) {
	h := w.Header()
	switch {
	case kind == fault.Huge:
		h.Set("Content-Length", strconv.Itoa(len(body)+huge))
	case status != http.StatusNoContent:
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(status)
	switch {
	case kind == fault.Truncated:
		_, _ = w.Write(body[:len(body)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler) // it closes the connection
	case status == http.StatusNoContent:
		return
	}
	_, _ = w.Write(body) // the client may have gone
	if kind == fault.Huge {
		blanks := bytes.Repeat([]byte(" "), 1<<20)
		for range huge / len(blanks) {
			if _, err := w.Write(blanks); err != nil {
				return
			}
		}
	}
}

const huge = 100 << 20

// sign adds the headers of a signature over a body, and applies the fault.
func (e *Engine) sign(h http.Header, account *keys.Account, asked string, body []byte,
	kind fault.Kind) {
	if kind == fault.Unsigned {
		return
	}
	signer := e.cfg.Ring.Signer(account, asked)
	at, key, serial := e.clock.Real(), signer.Key, signer.Serial
	switch kind {
	case fault.WrongSignature:
		key = e.cfg.Ring.Stranger
	case fault.OldTimestamp:
		at = at.Add(-time.Hour)
	case fault.UnknownSerial:
		serial = "PUB_KEY_ID_0000000000000000000000000000"
	}
	timestamp, nonce := strconv.FormatInt(at.Unix(), 10),
		strings.TrimPrefix(requestID(0), "08")[:26]
	signature, err := keys.Sign(key, timestamp+"\n"+nonce+"\n"+string(body)+"\n")
	if err != nil {
		// keys of 2048 bits never fail; a missing signature would show otherwise
		return
	}
	if kind == fault.Probe {
		signature = "WECHATPAY/SIGNTEST/" + signature
	}
	h.Set("Wechatpay-Serial", serial)
	h.Set("Wechatpay-Timestamp", timestamp)
	h.Set("Wechatpay-Nonce", nonce)
	h.Set("Wechatpay-Signature", signature)
	h.Set("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048")
}

// requestID is unique. It ends in the number of the error.
func requestID(number int64) string { return fmt.Sprintf("08%s-%d", rand.Text(), number) }
