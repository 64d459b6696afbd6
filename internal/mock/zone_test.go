package mock_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/notice"
)

// TestZone runs the server in a zone with another date than China's: its times are in China's zone,
// and of the same moment.
func TestZone(t *testing.T) {
	now := time.Date(2026, 1, 1, 20, 0, 0, 0, time.UTC)
	e := newEngine(t, func(c *mock.Config) { c.Now = func() time.Time { return now } })
	made, err := e.Notifier().
		Make(notice.Notification{Event: "TRANSACTION.SUCCESS", Account: e.Accounts()[0]})
	if err != nil {
		t.Fatal(err)
	}
	var envelope struct {
		CreateTime string `json:"create_time"`
	}
	var resource struct {
		SuccessTime string `json:"success_time"`
	}
	if err := json.Unmarshal(made.Body, &envelope); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(made.Clear, &resource); err != nil {
		t.Fatal(err)
	}
	const want = "2026-01-02T04:00:00+08:00"
	if envelope.CreateTime != want || resource.SuccessTime != want {
		t.Errorf("create_time is %s and success_time %s, want %s", envelope.CreateTime,
			resource.SuccessTime, want)
	}
}
