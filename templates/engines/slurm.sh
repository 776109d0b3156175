#!/bin/sh
#SBATCH --job-name=lembar
#SBATCH --array=1-100
#SBATCH --cpus-per-task=1
#SBATCH --mem=512M
#SBATCH --time=00:10:00
#SBATCH --requeue
# Prints a large job in parts on the machines of a Slurm cluster. The folder is one that all
# of them see, and 100 is the number of parts, as in `--array`:
#
#     job=$(sbatch --parsable slurm.sh ujian.toml /shared/keluaran 100)
#     sbatch --dependency="afterok:$job" --wrap "lembar merge /shared/keluaran"
#
# Parts that failed are printed again by their numbers: `sbatch --array=3,17 slurm.sh …`.
set -eu
blueprint=$1 output=$2 parts=$3
shift 3

lembar make "$blueprint" "$@" -o "$output" --shard "$SLURM_ARRAY_TASK_ID/$parts"
