#!/bin/sh
# Prints a large job in parts on the cores of one machine, with GNU parallel, and joins them:
#
#     sh parallel.sh ujian.toml keluaran 16 [options of lembar make]
#
# Run again after a failure or a power cut, it prints only the parts that are not whole.
set -eu
blueprint=$1 output=$2 parts=$3
shift 3

for part in $(seq "$parts"); do
  [ -e "$output/shard-$part-of-$parts/exam.json" ] || echo "$part"
done | parallel --halt soon,fail=1 \
  lembar make "$blueprint" "$@" -o "$output" --shard "{}/$parts"
lembar merge "$output"
