package mock_test

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/product"
)

// mostMiB bounds the memory of a server after any number of requests.
const mostMiB = 250

// TestMillion sends as many requests as WXGEN_REQUESTS says, of all kinds that leave something
// behind: orders, payments whose notifications nobody takes, refunds, queries, what the general
// rule remembers, refused requests. What the server holds then does not grow any more once its
// rings and stores are full.
func TestMillion(t *testing.T) {
	total, err := strconv.ParseInt(os.Getenv("WXGEN_REQUESTS"), 10, 64)
	if err != nil {
		t.Skip("WXGEN_REQUESTS does not say how many requests to send; 1000000 take some minutes")
	}
	e := newEngine(t, func(c *mock.Config) { c.Settle = time.Second })
	var sent atomic.Int64
	const parts = 10
	began, held := time.Now(), make([]float64, 0, parts)
	for part := range int64(parts) {
		var senders sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			senders.Go(func() {
				for sent.Load() < total*(part+1)/parts {
					sent.Add(visit(t, e))
				}
			})
		}
		senders.Wait()
		held = append(held, heapMiB())
		t.Logf("%8d requests, %4.0f/s: %4.0f MiB, %d objects, %d jobs", sent.Load(),
			float64(sent.Load())/time.Since(began).Seconds(),
			held[part], len(e.Objects("", "")), e.Pending())
	}
	if last := held[parts-1]; last > mostMiB || total >= 500_000 && last > held[parts/2]*1.15 {
		t.Errorf("it holds %v MiB; the budget is %d, and it must not grow", held, mostMiB)
	}
	runtime.KeepAlive(e)
}

func heapMiB() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// visit places an order, pays and refunds it, and more; it returns how many requests it sent.
func visit(t *testing.T, e *mock.Engine) (n int64) {
	c := e.Caller(e.Accounts()[0], "")
	call := func(method, uri, body string, status int) {
		n++
		var sent []byte
		if body != "" {
			sent = []byte(body)
		}
		req, err := c.Raw(t.Context(), method, uri, sent, nil, nil)
		if err != nil {
			t.Error(err)
			return
		}
		if w := do(t, e, req); w.Code != status {
			t.Errorf("%s %s: HTTP %d %s", method, uri, w.Code, w.Body)
		}
	}
	number := rand.Text()
	const refunds, cards = "/v3/refund/domestic/refunds", "/v3/payroll-card/authentications/"
	call(http.MethodPost, orders+"native",
		native(number, 100, `,"attach":"`+strings.Repeat("x", 100)+`"`), 200)
	if err := e.Person(number, product.Pay, "by the test"); err != nil {
		t.Error(err)
	}
	call(http.MethodGet, orders+"out-trade-no/"+number+"?mchid="+keys.MchID, "", 200)
	call(http.MethodPost, refunds, refund("R"+number, number, 100, 100), 200)
	call(http.MethodPost, refunds, refund("S"+number, number, 1, 100), 400)
	call(http.MethodGet, refunds+"/R"+number, "", 200)
	call(http.MethodPost, cards+"pre-order", fmt.Sprintf(
		`{"openid":"o-1","sub_mchid":"1900000109","authenticate_number":"N%s","project_name":"p","employer_name":"e"}`, number), 200)
	call(http.MethodGet, cards+"N"+number+"?sub_mchid=1900000109", "", 200)
	call(http.MethodGet, orders+"out-trade-no/"+number+"?mchid="+keys.MchID+"&no=1", "", 400)
	call(http.MethodPost, orders+"codepay", codepay("C"+number, 100), 200)
	return n
}
