// Serves a number of series with client_golang: const metrics from a collector, through promhttp.
//
// Prints "port N" and ends with its standard input.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

var tiers = []string{"audio", "sd", "hd", "fhd", "2k", "4k"}

// What one series shows; its strings are made once.
type sample struct {
	tier, room string
	value      float64
}

type usage struct {
	description *prometheus.Desc
	samples     []sample
}

func (u usage) Describe(descriptions chan<- *prometheus.Desc) { descriptions <- u.description }

func (u usage) Collect(metrics chan<- prometheus.Metric) {
	for _, s := range u.samples {
		metrics <- prometheus.MustNewConstMetric(
			u.description, prometheus.GaugeValue, s.value, "tencent", "1400017192", s.tier, s.room)
	}
}

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
	samples := make([]sample, series)
	for i := range samples {
		room := fmt.Sprintf("room-%d", 100000+i/6)
		samples[i] = sample{tiers[i%6], room, seconds(i/6, i%6)}
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(usage{
		prometheus.NewDesc("rtc_usage_seconds", "Usage.", []string{"provider", "app", "tier", "room"}, nil), samples})
	http.Handle("/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	http.HandleFunc("/-/healthy", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "healthy\n") })
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
