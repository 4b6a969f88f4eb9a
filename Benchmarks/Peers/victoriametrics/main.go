// Serves a number of series with VictoriaMetrics/metrics, compressed at the fastest level where that is accepted.
//
// Prints "port N" and ends with its standard input.
package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/VictoriaMetrics/metrics"
)

var tiers = []string{"audio", "sd", "hd", "fhd", "2k", "4k"}

// The same figure as PageScenario's: up to two days of seconds.
func seconds(room, tier int) float64 {
	mixed := uint64(room*8+tier+1) * 0x9e3779b97f4a7c15
	mixed = (mixed ^ mixed>>29) * 0xbf58476d1ce4e5b9
	return float64(1 + (mixed>>32)%172800)
}

func main() {
	series, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	set := metrics.NewSet()
	for i := 0; i < series; i++ {
		value := seconds(i/6, i%6)
		name := fmt.Sprintf(
			`rtc_usage_seconds{provider="tencent",app="1400017192",tier="%s",room="room-%d"}`, tiers[i%6], 100000+i/6)
		set.NewGauge(name, func() float64 { return value })
	}
	http.HandleFunc("/metrics", func(w http.ResponseWriter, request *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		if !strings.Contains(request.Header.Get("Accept-Encoding"), "gzip") {
			set.WritePrometheus(w)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		compressor, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
		set.WritePrometheus(compressor)
		compressor.Close()
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("port %d\n", listener.Addr().(*net.TCPAddr).Port)
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	panic(http.Serve(listener, nil))
}
