package mock_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/product"
)

// story runs a server step by step.
type story struct {
	t    *testing.T
	e    *mock.Engine
	a    *keys.Account
	last map[string]any
}

func newStory(t *testing.T) *story {
	t.Helper()
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	e := newEngine(t, func(c *mock.Config) { c.Now = func() time.Time { return at } })
	return &story{t: t, e: e, a: e.Accounts()[0]}
}

// call sends a request and checks the status, and a code or part of the reply.
func (s *story) call(method, uri, body string, status int, want string) {
	s.t.Helper()
	var sent []byte
	if body != "" {
		sent = []byte(body)
	}
	req, err := s.e.Caller(s.a, "").Raw(s.t.Context(), method, uri, sent, nil, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	w := do(s.t, s.e, req)
	if w.Code != status || !strings.Contains(w.Body.String(), want) {
		s.t.Errorf("%s %s %s: HTTP %d %s; want %d %s", method, uri, body, w.Code, w.Body, status,
			want)
	}
	s.last = nil
	_ = json.Unmarshal(w.Body.Bytes(), &s.last) // files are no JSON
	s.e.Flush()
}

func (s *story) person(number string, act product.Act) {
	s.t.Helper()
	if err := s.e.Person(number, act, "by the test"); err != nil {
		s.t.Error(err)
	}
}

func native(number string, total int, more string) string {
	return fmt.Sprintf(
		`{"appid":"wx8888888888888888","mchid":"1900000001","description":"test","out_trade_no":%q,"notify_url":"http://127.0.0.1:9/n","amount":{"total":%d}%s}`, number, total, more)
}

const orders = "/v3/pay/transactions/"

func TestStoryOfOrders(t *testing.T) {
	s := newStory(t)
	s.call("GET", orders+"out-trade-no/T0000001?mchid=1900000001", "", 404, `"ORDER_NOT_EXIST"`)
	s.call("POST", orders+"native", native("T0000001", 100, ""), 200, `"code_url":"weixin://`)
	s.call("POST", orders+"native", native("T0000001", 100, ""), 200, `"code_url":"weixin://`)
	s.call("POST", orders+"native", native("T0000001", 101, ""), 403, `"OUT_TRADE_NO_USED"`)
	s.call("POST", orders+"native", strings.Replace(native("T0000009", 1, ""),
		`"mchid":"1900000001"`, `"mchid":"1900000002"`, 1), 400, `不匹配`)
	s.call("POST", orders+"native", native("T0000009", 0, ""), 400, `"field":"/amount/total"`)
	s.call("POST", orders+"native",
		native("T0000009", 1, `,"time_expire":"2026-03-01T11:00:00+08:00"`), 400,
		`"field":"/time_expire"`)
	s.call("POST", orders+"native", strings.Replace(native("T0000009", 1, ""), "9/n", "9/n?a=b", 1),
		400, `"field":"/notify_url"`)
	s.call("GET", orders+"out-trade-no/T0000001?mchid=1900000001", "", 200,
		`"trade_state":"NOTPAY"`)
	if s.last["transaction_id"] != nil || s.last["attach"] != nil {
		t.Errorf("an unpaid order has %v", s.last)
	}
	s.call("GET", orders+"out-trade-no/T0000001?mchid=1900000002", "", 400, `不匹配`)
	s.person("T0000001", product.Refuse)
	s.call("GET", orders+"out-trade-no/T0000001?mchid=1900000001", "", 200,
		`"trade_state":"NOTPAY"`)
	s.person("T0000001", product.Pay)
	s.call("GET", orders+"out-trade-no/T0000001?mchid=1900000001", "", 200,
		`"trade_state":"SUCCESS"`)
	id := fmt.Sprint(s.last["transaction_id"])
	s.call("GET", orders+"id/"+id+"?mchid=1900000001", "", 200, `"out_trade_no":"T0000001"`)
	s.call("POST", orders+"out-trade-no/T0000001/close", `{"mchid":"1900000001"}`, 400,
		`"ORDER_PAID"`)
	s.call("POST", orders+"native", native("T0000001", 100, ""), 400, `"ORDER_PAID"`)
	if err := s.e.Person("T0000001", product.Pay, "again"); err == nil {
		t.Error("an order is paid twice")
	}

	s.call("POST", orders+"native", native("T0000002", 100, ""), 200, ``)
	s.call("POST", orders+"out-trade-no/T0000002/close", `{"mchid":"1900000001"}`, 204, ``)
	s.call("POST", orders+"out-trade-no/T0000002/close", `{"mchid":"1900000001"}`, 204, ``)
	s.call("POST", orders+"native", native("T0000002", 100, ""), 400, `"ORDER_CLOSED"`)
	s.call("GET", orders+"out-trade-no/T0000002?mchid=1900000001", "", 200,
		`"trade_state":"CLOSED"`)

	s.call("POST", orders+"native",
		native("T0000003", 100, `,"time_expire":"2026-03-01T20:30:00+08:00"`), 200, ``)
	s.e.Advance(29 * time.Minute)
	s.call("GET", orders+"out-trade-no/T0000003?mchid=1900000001", "", 200,
		`"trade_state":"NOTPAY"`)
	s.e.Advance(2 * time.Minute)
	s.call("GET", orders+"out-trade-no/T0000003?mchid=1900000001", "", 200,
		`"trade_state":"CLOSED"`)
	s.call("POST", orders+"native", native("T0000004", 100, ""), 200, ``)
	s.e.Advance(7 * 24 * time.Hour)
	s.call("GET", orders+"out-trade-no/T0000004?mchid=1900000001", "", 200,
		`"trade_state":"CLOSED"`)
}

func codepay(number string, total int) string {
	return fmt.Sprintf(
		`{"appid":"wx8888888888888888","mchid":"1900000001","description":"test","out_trade_no":%q,"payer":{"auth_code":"130061098828009406"},"amount":{"total":%d}}`, number, total)
}

func TestStoryOfCodes(t *testing.T) {
	s := newStory(t)
	s.call("POST", orders+"codepay", codepay("C0000001", 100), 200, `"trade_state":"SUCCESS"`)
	s.call("POST", orders+"codepay", codepay("C0000002", 200_000), 200,
		`"trade_state":"USERPAYING"`)
	s.person("C0000002", product.Pay)
	s.call("GET", orders+"out-trade-no/C0000002?mchid=1900000001", "", 200,
		`"trade_state":"SUCCESS"`)
	s.call("POST", orders+"codepay", codepay("C0000003", 200_000), 200,
		`"trade_state":"USERPAYING"`)
	s.call("POST", orders+"out-trade-no/C0000003/close", `{"mchid":"1900000001"}`, 400,
		`"USERPAYING"`)
	s.e.Advance(31 * time.Second)
	s.call("GET", orders+"out-trade-no/C0000003?mchid=1900000001", "", 200,
		`"trade_state":"PAYERROR"`)
	s.call("POST", orders+"out-trade-no/C0000003/reverse",
		`{"appid":"wx8888888888888888","mchid":"1900000001"}`, 200, ``)
	s.call("GET", orders+"out-trade-no/C0000003?mchid=1900000001", "", 200,
		`"trade_state":"REVOKED"`)
}

func refund(number, order string, part, total int) string {
	return fmt.Sprintf(
		`{"out_trade_no":%q,"out_refund_no":%q,"amount":{"refund":%d,"total":%d,"currency":"CNY"}}`,
		order, number, part, total)
}

func TestStoryOfRefunds(t *testing.T) {
	s := newStory(t)
	const refunds = "/v3/refund/domestic/refunds"
	s.call("POST", refunds, refund("R1", "T0000001", 1, 100), 404, `"RESOURCE_NOT_EXISTS"`)
	s.call("POST", orders+"native", native("T0000001", 100, ""), 200, ``)
	s.call("POST", refunds, refund("R1", "T0000001", 1, 100), 400, `未支付`)
	s.person("T0000001", product.Pay)
	s.call("POST", refunds, refund("R1", "T0000001", 1, 99), 400, `"field":"/amount/total"`)
	s.call("POST", refunds, refund("R1", "T0000001", 101, 100), 400, `超过订单剩余可退金额`)
	s.call("POST", refunds, refund("R1", "T0000001", 60, 100), 200, `"status":"PROCESSING"`)
	s.call("POST", refunds, refund("R1", "T0000001", 60, 100), 200, `"refund_id"`)
	s.call("POST", refunds, refund("R1", "T0000001", 61, 100), 400, `不一致`)
	s.call("GET", refunds+"/R1", "", 200, `"status":"SUCCESS"`)
	s.call("GET", orders+"out-trade-no/T0000001?mchid=1900000001", "", 200,
		`"trade_state":"REFUND"`)
	s.call("POST", refunds, refund("R2", "T0000001", 41, 100), 400, `超过订单剩余可退金额`)
	s.call("POST", refunds, refund("R2", "T0000001", 40, 100), 200, ``)
	s.call("GET", refunds+"/R9", "", 404, `"RESOURCE_NOT_EXISTS"`)
	s.call("POST", orders+"native", native("T0000002", 100, ""), 200, ``)
	s.person("T0000002", product.Pay)
	for i := range 50 {
		s.call("POST", refunds, refund(fmt.Sprintf("P%d", i), "T0000002", 1, 100), 200, ``)
	}
	s.call("POST", refunds, refund("P50", "T0000002", 1, 100), 400, `50次`)
	s.call("POST", orders+"native", native("T0000003", 100, ""), 200, ``)
	s.person("T0000003", product.Pay)
	s.e.Advance(366 * 24 * time.Hour)
	s.call("POST", refunds, refund("R3", "T0000003", 1, 100), 400, `最大期限`)
}

func TestStoryOfSharing(t *testing.T) {
	s := newStory(t)
	const base = "/v3/profitsharing/"
	s.call("POST", orders+"native",
		native("T0000001", 100, `,"settle_info":{"profit_sharing":true}`), 200, ``)
	s.person("T0000001", product.Pay)
	s.call("GET", orders+"out-trade-no/T0000001?mchid=1900000001", "", 200, ``)
	id := fmt.Sprint(s.last["transaction_id"])
	share := func(number string, amount int, unfreeze bool) string {
		return fmt.Sprintf(
			`{"appid":"wx8888888888888888","transaction_id":%q,"out_order_no":%q,"unfreeze_unsplit":%v,"receivers":[{"type":"MERCHANT_ID","account":"1900000109","amount":%d,"description":"分"}]}`, id, number, unfreeze, amount)
	}
	s.call("POST", base+"orders", share("P1", 30, false), 400, `请先添加分账接收方`)
	s.call("POST", base+"receivers/add",
		`{"appid":"wx8888888888888888","type":"MERCHANT_ID","account":"1900000109","relation_type":"STORE"}`, 200, `"account":"1900000109"`)
	s.call("POST", base+"orders", share("P1", 30, false), 200, `"result":"PENDING"`)
	s.call("GET", base+"orders/P1?transaction_id="+id, "", 200, `"state":"FINISHED"`)
	s.call("GET", base+"transactions/"+id+"/amounts", "", 200, `"unsplit_amount":70`)
	s.call("POST", base+"orders", share("P2", 71, false), 403, `"NOT_ENOUGH"`)
	s.call("POST", base+"return-orders",
		`{"out_order_no":"P1","out_return_no":"B1","return_mchid":"1900000109","amount":31,"description":"退"}`, 400, `超过该接收方`)
	s.call("POST", base+"return-orders",
		`{"out_order_no":"P1","out_return_no":"B1","return_mchid":"1900000109","amount":30,"description":"退"}`, 200, `"result":"PROCESSING"`)
	s.call("GET", base+"return-orders/B1?out_order_no=P1", "", 200, `"result":"SUCCESS"`)
	s.call("POST", base+"orders/unfreeze",
		fmt.Sprintf(`{"transaction_id":%q,"out_order_no":"U1","description":"解冻"}`, id), 200, ``)
	s.call("POST", base+"orders", share("P3", 1, false), 400, `已解冻`)
	s.call("POST", orders+"native", native("T0000002", 100, ""), 200, ``)
	s.person("T0000002", product.Pay)
	s.call("GET", orders+"out-trade-no/T0000002?mchid=1900000001", "", 200, ``)
	id = fmt.Sprint(s.last["transaction_id"])
	s.call("POST", base+"orders", share("P4", 1, false), 400, `非分账订单`)
}

func TestStoryOfTransfers(t *testing.T) {
	s := newStory(t)
	const base = "/v3/fund-app/mch-transfer/transfer-bills"
	bill := func(number string, amount int) string {
		return fmt.Sprintf(
			`{"appid":"wx8888888888888888","out_bill_no":%q,"openid":"o-1","transfer_amount":%d,"transfer_remark":"r","transfer_scene_id":"1000","transfer_scene_report_infos":[{"info_type":"a","info_content":"b"}]}`, number, amount)
	}
	s.call("POST", base, bill("B1", 0), 400, `"field":"/transfer_amount"`)
	s.call("POST", base, bill("B1", 5), 200, `"state":"ACCEPTED"`)
	s.call("POST", base, bill("B1", 6), 400, `"ALREADY_EXISTS"`)
	s.call("GET", base+"/out-bill-no/B1", "", 200, `"state":"WAIT_USER_CONFIRM"`)
	s.person("B1", product.Pay)
	s.call("GET", base+"/out-bill-no/B1", "", 200, `"state":"SUCCESS"`)
	s.call("POST", base+"/out-bill-no/B1/cancel", "", 400, `不允许撤销`)
	s.call("POST", base, bill("B2", 5), 200, ``)
	s.call("POST", base+"/out-bill-no/B2/cancel", "", 200, `"state":"CANCELING"`)
	s.call("GET", base+"/out-bill-no/B2", "", 200, `"state":"CANCELLED"`)
	s.call("POST", base, bill("B3", 5), 200, ``)
	s.e.Advance(25 * time.Hour)
	s.call("GET", base+"/out-bill-no/B3", "", 200, `"state":"FAIL"`)

	const batches = "/v3/transfer/batches"
	batch :=
		`{"appid":"wx8888888888888888","out_batch_no":"A1","batch_name":"n","batch_remark":"r","total_amount":%d,"total_num":2,"transfer_detail_list":[` +
			`{"out_detail_no":"d1","transfer_amount":30,"transfer_remark":"x","openid":"o"},{"out_detail_no":"d2","transfer_amount":40,"transfer_remark":"x","openid":"o"}]}`
	s.call("POST", batches, fmt.Sprintf(batch, 71), 400, `"field":"/total_amount"`)
	s.call("POST", batches, fmt.Sprintf(batch, 70), 200, `"batch_status":"ACCEPTED"`)
	s.call("GET", batches+"/out-batch-no/A1?need_query_detail=true&limit=1&offset=1", "", 200,
		`"out_detail_no":"d2"`)
	s.call("GET", batches+"/out-batch-no/A1?need_query_detail=false", "", 200,
		`"batch_status":"FINISHED"`)
	s.call("GET", batches+"/out-batch-no/A1/details/out-detail-no/d2", "", 200,
		`"transfer_amount":40`)
	s.call("GET", batches+"/out-batch-no/A1/details/out-detail-no/d3", "", 404, `"NOT_FOUND"`)
}

func TestStoryOfServicesAndContracts(t *testing.T) {
	s := newStory(t)
	const base = "/v3/payscore/serviceorder"
	s.call("POST", base,
		`{"out_order_no":"S1","appid":"wx8888888888888888","service_id":"500001","service_introduction":"i","time_range":{"start_time":"OnAccept"},"risk_fund":{"name":"DEPOSIT","amount":1000},"notify_url":"http://127.0.0.1:9/n"}`, 200, `"state":"CREATED"`)
	complete :=
		`{"appid":"wx8888888888888888","service_id":"500001","post_payments":[{"name":"a","amount":30,"count":2}],"total_amount":%d}`
	s.call("POST", base+"/S1/complete", fmt.Sprintf(complete, 60), 400, `"INVALID_ORDER_STATE"`)
	s.person("S1", product.Pay)
	s.call("POST", base+"/S1/complete", fmt.Sprintf(complete, 61), 400, `"field":"/total_amount"`)
	s.call("POST", base+"/S1/complete", fmt.Sprintf(complete, 60), 200, `"state":"DONE"`)
	s.call("GET", base+"?out_order_no=S1&service_id=500001&appid=wx8888888888888888", "", 200,
		`"paid_amount":60`)
	s.call("POST", base+"/S1/cancel",
		`{"appid":"wx8888888888888888","service_id":"500001","reason":"r"}`, 400, `"ORDER_DONE"`)

	const contracts = "/v3/papay/sign/contracts/plan-id/12/out-contract-code/K1"
	s.call("POST", "/v3/papay/scheduled-deduct-sign/contracts/pre-entrust-sign/jsapi",
		`{"appid":"wx8888888888888888","plan_id":12,"out_contract_code":"K1","contract_display_account":"a","contract_notify_url":"http://127.0.0.1:9/n"}`, 200, `"redirect_url"`)
	s.call("GET", contracts, "", 404, `"CONTRACT_NOT_EXIST"`)
	s.person("K1", product.Pay)
	s.call("GET", contracts, "", 200, `"contract_state":"SIGNED"`)
	deduct := fmt.Sprintf(
		`{"appid":"wx8888888888888888","out_trade_no":"D0000001","description":"d","transaction_notify_url":"http://127.0.0.1:9/n","contract_id":"%v","amount":{"total":5}}`, s.last["contract_id"])
	s.call("POST", "/v3/papay/pay/transactions/apply", deduct, 200, `"out_trade_no":"D0000001"`)
	s.call("GET", orders+"out-trade-no/D0000001?mchid=1900000001", "", 200,
		`"trade_state":"SUCCESS"`)
	s.call("POST", contracts+"/terminate", `{"contract_termination_remark":"r"}`, 200,
		`"contract_state":"TERMINATED"`)
	s.call("POST", contracts+"/terminate", `{"contract_termination_remark":"r"}`, 400,
		`"CONTRACT_TERMINATED"`)
	s.call("POST", "/v3/papay/pay/transactions/apply",
		strings.Replace(deduct, "D0000001", "D0000002", 1), 400, `"CONTRACT_TERMINATED"`)
}

func TestStoryOfCombined(t *testing.T) {
	s := newStory(t)
	const base = "/v3/combine-transactions/"
	sub :=
		`{"mchid":"1900000001","attach":"a","amount":{"total_amount":%d,"currency":"CNY"},"out_trade_no":"%s","description":"d"}`
	order :=
		`{"combine_appid":"wx8888888888888888","combine_mchid":"1900000001","combine_out_trade_no":"M1","sub_orders":[` + fmt.Sprintf(sub, 30, "M1000001") + "," + fmt.Sprintf(sub, 40, "M1000002") + `],"notify_url":"http://127.0.0.1:9/n"}`
	s.call("POST", base+"native", order, 200, `"code_url"`)
	s.person("M1", product.Pay)
	s.call("GET", base+"out-trade-no/M1", "", 200, `"trade_state":"SUCCESS"`)
	s.call("POST", "/v3/refund/domestic/refunds", refund("R1", "M1000002", 40, 40), 200,
		`"status":"PROCESSING"`)
	s.call("GET", base+"out-trade-no/M1", "", 200, `"trade_state":"REFUND"`)
	s.call("POST", base+"out-trade-no/M1/close",
		`{"combine_appid":"wx8888888888888888","sub_orders":[{"mchid":"1900000001","out_trade_no":"M1000001"}]}`, 400, `"ORDER_PAID"`)
}

func TestStoryOfBills(t *testing.T) {
	s := newStory(t)
	for _, n := range []string{"T0000001", "T0000002"} {
		s.call("POST", orders+"native", native(n, 12345, ""), 200, ``)
	}
	s.person("T0000001", product.Pay)
	s.call("POST", "/v3/refund/domestic/refunds", refund("R1", "T0000001", 45, 12345), 200, ``)
	const bills = "/v3/bill/"
	s.call("GET", bills+"tradebill?bill_date=2026-03-01", "", 400, `账单尚未生成`)
	s.e.Advance(24 * time.Hour)
	s.call("GET", bills+"tradebill?bill_date=2026-02-28", "", 400, `"NO_STATEMENT_EXIST"`)
	s.call("GET", bills+"tradebill?bill_date=2026-03-01", "", 200, `"hash_type":"SHA1"`)
	text := s.download(false)
	lines := strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n")
	if len(lines) != 5 || !strings.HasPrefix(lines[0], "交易时间,") ||
		!strings.Contains(lines[1], ",`T0000001,") || !strings.Contains(lines[1], ",`123.45,") ||
		!strings.Contains(lines[2], ",`R1,`0.45,") ||
		lines[4] != "`2,`123.45,`0.45,`0.00,`0.00000,`123.45,`0.45" {
		t.Errorf("the bill is\n%s", text)
	}
	for i, line := range lines[1:3] {
		if got, want := strings.Count(line, ",`"), strings.Count(lines[0], ","); got != want {
			t.Errorf("line %d has %d separators, and the header %d", i+1, got, want)
		}
	}
	s.call("GET", bills+"fundflowbill?bill_date=2026-03-01&tar_type=GZIP", "", 200,
		`"download_url"`)
	if text := s.download(true); !strings.Contains(text, "`2,`1,`123.45,`1,`0.45") {
		t.Errorf("the bill is\n%s", text)
	}
	s.call("GET", "/v3/billdownload/file?token=gone", "", 404, `"RESOURCE_NOT_EXISTS"`)
}

// download fetches the file of the last reply's link, and checks its digest.
func (s *story) download(packed bool) string {
	s.t.Helper()
	uri := strings.TrimPrefix(fmt.Sprint(s.last["download_url"]), "http://127.0.0.1:1")
	req, err := s.e.Caller(s.a, "").Raw(s.t.Context(), http.MethodGet, uri, nil, nil, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	w := do(s.t, s.e, req)
	text := w.Body.Bytes()
	if packed {
		r, err := gzip.NewReader(bytes.NewReader(text))
		if err != nil {
			s.t.Fatal(err)
		}
		if text, err = io.ReadAll(r); err != nil {
			s.t.Fatal(err)
		}
	}
	sum := sha1.Sum(text)
	if got := hex.EncodeToString(sum[:]); got != s.last["hash_value"] ||
		w.Header().Get("Wechatpay-Signature") != "" {
		s.t.Errorf("the digest is %s, and hash_value %v; header %v", got, s.last["hash_value"],
			w.Header())
	}
	return string(text)
}

// The general rule remembers objects of operations without code of their own.
func TestStoryByTheGeneralRule(t *testing.T) {
	s := newStory(t)
	s.a = s.e.Accounts()[2]
	const base = "/v3/payroll-card/authentications/"
	s.call("GET", base+"N1?sub_mchid=1900000109", "", 404, `"RESOURCE_NOT_EXISTS"`)
	s.call("POST", base+"pre-order",
		`{"openid":"o-1","sub_mchid":"1900000109","authenticate_number":"N1","project_name":"某项目","employer_name":"某单位"}`, 200, `"authenticate_number":"N1"`)
	s.call("GET", base+"N1?sub_mchid=1900000109", "", 200, `"project_name":"某项目"`)
	first := fmt.Sprint(s.last)
	s.call("GET", base+"N1?sub_mchid=1900000109", "", 200, ``)
	if fmt.Sprint(s.last) != first {
		t.Errorf("asked again, it says %v; first %s", s.last, first)
	}
	s.a = s.e.Accounts()[0]
	s.call("GET", base+"N1?sub_mchid=1900000109", "", 404, ``)
}
