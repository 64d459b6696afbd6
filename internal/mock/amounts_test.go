package mock_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/product"
)

const most = "9223372036854775807"

// Amounts that are as large as possible, or negative, do not break the sums.
func TestAmountsOverflow(t *testing.T) {
	s := newStory(t)
	s.call("POST", orders+"native",
		native("T0000001", 100, `,"settle_info":{"profit_sharing":true}`), 200, ``)
	s.person("T0000001", product.Pay)
	s.call("GET", orders+"out-trade-no/T0000001?mchid=1900000001", "", 200, ``)
	id := fmt.Sprint(s.last["transaction_id"])
	const refunds, shares = "/v3/refund/domestic/refunds", "/v3/profitsharing/"
	s.call("POST", refunds, refund("R1", "T0000001", 30, 100), 200, ``)
	huge := strings.Replace(refund("R2", "T0000001", 41, 100), `"refund":41`, `"refund":`+most, 1)
	s.call("POST", refunds, huge, 400, `超过订单剩余可退金额`)

	s.call("POST", shares+"receivers/add", `{"appid":"wx8888888888888888","type":"MERCHANT_ID",`+
		`"account":"1900000109","relation_type":"STORE"}`, 200, ``)
	share := func(number string, amounts ...string) string {
		var list []string
		for _, a := range amounts {
			list = append(list, `{"type":"MERCHANT_ID","account":"1900000109","amount":`+a+
				`,"description":"d"}`)
		}
		return fmt.Sprintf(
			`{"appid":"wx8888888888888888","transaction_id":%q,"out_order_no":%q,"unfreeze_unsplit":false,"receivers":[%s]}`,
			id, number, strings.Join(list, ","))
	}
	s.call("POST", shares+"orders", share("P1", most, most), 403, `"NOT_ENOUGH"`)
	s.call("POST", shares+"orders", share("P1", "20"), 200, ``)
	back :=
		`{"out_order_no":"P1","out_return_no":%q,"return_mchid":"1900000109","amount":%s,"description":"d"}`
	s.call("POST", shares+"return-orders", fmt.Sprintf(back, "B1", "5"), 200, ``)
	s.call("POST", shares+"return-orders", fmt.Sprintf(back, "B2", most), 400, `超过该接收方`)
	s.call("POST", shares+"return-orders", fmt.Sprintf(back, "B3", "-20"), 400, `"field":"/amount"`)

	detail := func(number, amount string) string {
		return fmt.Sprintf(
			`{"out_detail_no":%q,"transfer_amount":%s,"transfer_remark":"x","openid":"o"}`, number,
			amount)
	}
	batch :=
		`{"appid":"wx8888888888888888","out_batch_no":"A1","batch_name":"n","batch_remark":"r","total_amount":%s,` +
			`"total_num":%d,"transfer_detail_list":[%s]}`
	const batches = "/v3/transfer/batches"
	s.call("POST", batches, fmt.Sprintf(batch, "8", 3, detail("d1", most)+","+detail("d2", most)+
		","+detail("d3", "10")), 400, `total_amount`)
	s.call("POST", batches, fmt.Sprintf(batch, "8", 2, detail("d1", "10")+","+detail("d2", "-2")),
		400, `"field":"/transfer_detail_list/1/transfer_amount"`)

	const service = "/v3/payscore/serviceorder"
	s.call("POST", service,
		`{"out_order_no":"S1","appid":"wx8888888888888888","service_id":"500001","service_introduction":"i",`+
			`"time_range":{"start_time":"OnAccept"},"risk_fund":{"name":"DEPOSIT","amount":1000},"notify_url":"http://127.0.0.1:9/n"}`, 200, ``)
	s.person("S1", product.Pay)
	complete :=
		`{"appid":"wx8888888888888888","service_id":"500001","post_payments":[{"name":"a","amount":%s,"count":%s}],"total_amount":%s}`
	s.call("POST", service+"/S1/complete", fmt.Sprintf(complete, "4611686018427387904", "4", "0"),
		400, `"field":"/total_amount"`)
	s.call("POST", service+"/S1/complete", fmt.Sprintf(complete, "-5", "1", "-5"), 400,
		`"field":"/`)
}

// Transfers and refunds that were under way when a snapshot was made end after it is restored.
func TestRestoreGoesOn(t *testing.T) {
	s := newStory(t)
	s.e = newEngine(t, nil)
	slow := newEngine(t, func(c *mock.Config) { c.Settle = time.Hour })
	s.e = slow
	s.call("POST", orders+"native", native("T0000001", 100, ""), 200, ``)
	s.person("T0000001", product.Pay)
	s.call("POST", "/v3/refund/domestic/refunds", refund("R1", "T0000001", 30, 100), 200,
		`"status":"PROCESSING"`)
	text, err := slow.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	s.e = newEngine(t, func(c *mock.Config) { c.Settle = time.Hour })
	if err := s.e.Restore(bytes.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	s.call("GET", "/v3/refund/domestic/refunds/R1", "", 200, `"status":"PROCESSING"`)
	s.e.Advance(2 * time.Hour)
	s.call("GET", "/v3/refund/domestic/refunds/R1", "", 200, `"status":"SUCCESS"`)
	s.call("GET", orders+"out-trade-no/T0000001?mchid=1900000001", "", 200,
		`"trade_state":"REFUND"`)
}

// A malformed snapshot is refused, and the state stays.
func TestRestoreFaults(t *testing.T) {
	s := newStory(t)
	s.call("POST", orders+"native", native("T0000001", 100, ""), 200, ``)
	good, err := s.e.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	swap := func(old, now string) string { return strings.Replace(string(good), old, now, 1) }
	for text, want := range map[string]string{
		"":                                 "malformed",
		`7`:                                "malformed: 7 stands where { is wanted",
		`["version",1]`:                    "malformed: [ stands where { is wanted",
		`{"version":"1"}`:                  "malformed",
		`{"version":1,"objects":"x"}`:      "malformed: x stands where [ is wanted",
		string(good[:len(good)-len("]}")]): "malformed: unexpected ", // end, or EOF
		swap(`"version":1`, `"version":9`): "has version 9, and this wxgen reads 1; make a " +
			"new one",
		swap(`"clock_ahead":"0s"`,
			`"clock_ahead":"x"`): `clock_ahead "x" is no duration`,
		swap(`"serial":1`, `"serial":`+most): "object 0",
		swap(`"owner":"1900000001"`, `"owner":"1900000777"`): "object 0 is of account " +
			"1900000777, which this server does not know",
		swap(`"ids":{`, `"idz":{`):                                 "object 0",
		`{"version":1,"clock_ahead":"0s","faults":[{"kind":"x"}]}`: "fault",
		`{"version":1,"clock_ahead":"0s","objects":[null]}`:        "object 0",
	} {
		if err := s.e.Restore(strings.NewReader(text)); err == nil ||
			!strings.Contains(err.Error(), want) {
			t.Errorf("%.120s: %v; want %s", text, err, want)
		}
	}
	if list := s.e.Objects("order", ""); len(list) != 1 || list[0].Number != "T0000001" {
		t.Errorf("the state is now %v", list)
	}
	if !json.Valid(good) {
		t.Errorf("%s", good)
	}
	if err := s.e.Restore(bytes.NewReader(good)); err != nil {
		t.Error(err)
	}
}
